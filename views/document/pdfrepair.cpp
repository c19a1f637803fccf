// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/pdfrepair.h>

#include <QString>

#include <algorithm>
#include <iterator>
#include <utility>

namespace tenken {

namespace {

/// CJK radicals that normalisation leaves alone, with the ideograph of the same shape (Unicode's
/// EquivalentUnifiedIdeograph.txt, where that is in the basic plane). Sorted.
constexpr std::pair<char32_t, char32_t> radicals[] = {
    {0x2E81, 0x5382}, {0x2E82, 0x4E5B}, {0x2E83, 0x4E5A}, {0x2E84, 0x4E59}, {0x2E85, 0x4EBB},
    {0x2E86, 0x5182}, {0x2E89, 0x5202}, {0x2E8A, 0x535C}, {0x2E8D, 0x5C0F}, {0x2E8E, 0x5140},
    {0x2E8F, 0x5C23}, {0x2E90, 0x5C22}, {0x2E92, 0x5DF3}, {0x2E93, 0x5E7A}, {0x2E94, 0x5F51},
    {0x2E96, 0x5FC4}, {0x2E97, 0x38FA}, {0x2E98, 0x624C}, {0x2E99, 0x6535}, {0x2E9B, 0x65E1},
    {0x2E9D, 0x6708}, {0x2E9E, 0x6B7A}, {0x2E9F, 0x6BCD}, {0x2EA0, 0x6C11}, {0x2EA1, 0x6C35},
    {0x2EA2, 0x6C3A}, {0x2EA3, 0x706C}, {0x2EA4, 0x722B}, {0x2EA5, 0x722B}, {0x2EA6, 0x4E2C},
    {0x2EA7, 0x725B}, {0x2EA8, 0x72AD}, {0x2EA9, 0x738B}, {0x2EAA, 0x758B}, {0x2EAC, 0x793A},
    {0x2EAD, 0x793B}, {0x2EAF, 0x7CF9}, {0x2EB0, 0x7E9F}, {0x2EB1, 0x7F53}, {0x2EB2, 0x7F52},
    {0x2EB6, 0x7F8A}, {0x2EB9, 0x8002}, {0x2EBA, 0x8080}, {0x2EBB, 0x807F}, {0x2EBC, 0x8089},
    {0x2EBE, 0x8279}, {0x2EBF, 0x8279}, {0x2EC0, 0x8279}, {0x2EC1, 0x864E}, {0x2EC2, 0x8864},
    {0x2EC3, 0x8980}, {0x2EC4, 0x897F}, {0x2EC5, 0x89C1}, {0x2EC6, 0x89D2}, {0x2EC8, 0x8BA0},
    {0x2EC9, 0x8D1D}, {0x2ECB, 0x8F66}, {0x2ECC, 0x8FB6}, {0x2ECD, 0x8FB6}, {0x2ECE, 0x8FB6},
    {0x2ECF, 0x9091}, {0x2ED0, 0x9485}, {0x2ED1, 0x9577}, {0x2ED2, 0x9578}, {0x2ED3, 0x957F},
    {0x2ED4, 0x95E8}, {0x2ED6, 0x961D}, {0x2ED7, 0x96E8}, {0x2ED8, 0x9752}, {0x2ED9, 0x97E6},
    {0x2EDA, 0x9875}, {0x2EDB, 0x98CE}, {0x2EDC, 0x98DE}, {0x2EDD, 0x98DF}, {0x2EDF, 0x98E0},
    {0x2EE0, 0x9963}, {0x2EE2, 0x9A6C}, {0x2EE3, 0x9AA8}, {0x2EE4, 0x9B3C}, {0x2EE5, 0x9C7C},
    {0x2EE6, 0x9E1F}, {0x2EE7, 0x5364}, {0x2EE8, 0x9EA6}, {0x2EE9, 0x9EC4}, {0x2EEA, 0x9EFE},
    {0x2EEB, 0x6589}, {0x2EEC, 0x9F50}, {0x2EED, 0x6B6F}, {0x2EEE, 0x9F7F}, {0x2EEF, 0x7ADC},
    {0x2EF0, 0x9F99}, {0x2EF1, 0x9F9C}, {0x2EF2, 0x4E80}, {0x2EF3, 0x9F9F}};

} // namespace

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
    const auto entry = std::ranges::lower_bound(radicals, c, {}, &std::pair<char32_t, char32_t>::first);
    if (entry != std::end(radicals) && entry->first == c)
        return entry->second;
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
