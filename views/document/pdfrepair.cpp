// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/pdfrepair.h>

#include <QString>

namespace tenken {

char32_t readableCodePoint(char32_t c)
{
    if (c == 0x09 || c == 0xA0)
        return 0x20;
    if (c == 0xAD)
        return 0x2D;
    // CJK radicals, Kangxi radicals and compatibility ideographs: the same sign as a unified ideograph.
    const bool radical = (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0xF900 && c <= 0xFAFF);
    if (!radical)
        return c;
    const QString normal = QString::fromUcs4(&c, 1).normalized(QString::NormalizationForm_KC);
    const auto code = normal.toUcs4();
    return code.size() == 1 && code.front() <= 0xFFFF ? char32_t(code.front()) : c;
}

namespace {

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Every "<hhhh>" that is the second of a pair in a bfchar line, or stands in a bfrange's array.
int repairMap(QByteArray &pdf, qsizetype from, qsizetype to)
{
    int changed = 0;
    for (qsizetype at = from; at + 6 <= to; ++at) {
        if (pdf[at] != '<' || pdf[at + 5] != '>')
            continue;
        bool hex = true;
        for (qsizetype i = 1; i <= 4; ++i)
            hex = hex && isHex(pdf[at + i]);
        // A target follows another code or stands in brackets; the codes of glyphs begin a line.
        const char before = at > 0 ? pdf[at - 1] : '\n';
        if (!hex || before == '\n' || before == '\r')
            continue;
        const char32_t code = pdf.mid(at + 1, 4).toUInt(nullptr, 16);
        const char32_t better = readableCodePoint(code);
        if (better == code)
            continue;
        pdf.replace(at + 1, 4, QByteArray::number(uint(better), 16).rightJustified(4, '0').toUpper());
        ++changed;
    }
    return changed;
}

void overwriteDate(QByteArray &pdf, const QByteArray &key, const QByteArray &date)
{
    qsizetype at = pdf.indexOf(key);
    if (at < 0)
        return;
    const qsizetype begin = pdf.indexOf("(D:", at);
    const qsizetype end = begin < 0 ? -1 : pdf.indexOf(')', begin);
    if (end < 0 || begin - at > 40 || end - begin > 40)
        return;
    pdf.replace(begin + 1, end - begin - 1, date.leftJustified(end - begin - 1, ' ', true));
}

} // namespace

int repairTextLayer(QByteArray &pdf)
{
    int changed = 0;
    qsizetype at = 0;
    while ((at = pdf.indexOf("begincmap", at)) >= 0) {
        const qsizetype end = pdf.indexOf("endcmap", at);
        if (end < 0)
            break;
        // Only the mapping lists; the code space range looks alike but holds glyph codes.
        qsizetype list = at;
        while (true) {
            const qsizetype chars = pdf.indexOf("beginbf", list);
            if (chars < 0 || chars > end)
                break;
            const qsizetype listEnd = pdf.indexOf("endbf", chars);
            if (listEnd < 0 || listEnd > end)
                break;
            changed += repairMap(pdf, chars, listEnd);
            list = listEnd;
        }
        at = end;
    }
    return changed;
}

void setDates(QByteArray &pdf, const QDateTime &at)
{
    const QByteArray date = "D:" + at.toUTC().toString(QStringLiteral("yyyyMMddHHmmss")).toLatin1() + "Z";
    overwriteDate(pdf, "/CreationDate", date);
    overwriteDate(pdf, "/ModDate", date);
}

} // namespace tenken
