// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/signoffbox.h>

#include <document/paper.h>
#include <document/pdfrepair.h>
#include <evidence/numbers.h>
#include <parts/badge.h>
#include <signoff/sheet.h>

#include <QBuffer>
#include <QPageLayout>
#include <QPdfWriter>
#include <QUuid>

namespace tenken {

namespace {

constexpr int dotsPerInch = 1200;

Glyph glyphFor(SignDecision d)
{
    return d == SignDecision::Rejected ? Glyph::Fail
        : d == SignDecision::Approved  ? Glyph::Pass
                                       : Glyph::Waive;
}

/// "9f3c… …" in two lines, as a digest of 64 digits fits the box.
QString twoLines(const QByteArray &digest)
{
    return QString::fromLatin1(digest.first(32) + "<br>" + digest.sliced(32));
}

void drawBox(QPainter &p, const Statement &s, const Text &role, const Text &ruling, Lang lang)
{
    const Colours &c = lightColours();
    const qreal width = sheet::boxWidth * unitsPerPoint, height = sheet::boxHeight * unitsPerPoint,
                inner = width - mm(8);
    p.setPen(QPen(c.border, mm(0.25)));
    p.setBrush(Qt::NoBrush);
    p.drawRect(QRectF(mm(0.2), mm(0.2), width - mm(0.4), height - mm(0.4)));
    qreal y = mm(3);
    const auto line = [&](const QString &html, qreal points, const QColor &ink, qreal leading,
                          bool bold = false, bool mono = false, qreal indent = 0) {
        const PaperText text(html, paperFont(points, bold, mono), inner - indent, ink, leading);
        text.draw(p, {mm(4) + indent, y});
        y += text.height();
    };
    line(paperHtml(role.in(lang)), 9, c.text2, 13);
    line(paperHtml(s.name.isEmpty() ? s.identity : s.name), 13, c.text, 18, true);
    line(paperHtml(s.identity), 8.25, c.text2, 12);
    y += pt(5);
    const Glyph glyph = glyphFor(s.decision);
    drawGlyph(p, QRectF(mm(4), y + pt(1.5), pt(11), pt(11)), glyph, c);
    line(paperHtml(label(s.decision).in(lang)), 10.5, toneOf(glyph, c).text, 14, true, false, pt(15));
    line(paperHtml(s.signedAt.toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'")) + QStringLiteral(" · ")
                   + Text{"%1 まで有効", "valid until %1"}.arg(s.validUntil.toString(Qt::ISODate)).in(lang)),
         8.25, c.text, 12);
    if (!ruling.isEmpty())
        line(paperHtml(Text{"レビューの判定: %1", "The review itself says: %1"}.arg(ruling).in(lang)), 8.25, c.text, 12);
    y += pt(5);
    line(paperHtml(s.keyFingerprint), 6.6, c.text, 9.5, false, true);
    if (const Subject *body = s.find(subject::body)) {
        line(paperHtml(Text{"最初の %1 バイト、sha256", "first %1 bytes, sha256"}
                           .arg(formatNumber(double(body->length)))
                           .in(lang)),
             7, c.text2, 10.5);
        line(twoLines(body->digest), 7, c.text, 10, false, true);
    }
}

} // namespace

QByteArray renderSignatureBox(const Statement &statement, const Text &role, const Text &ruling, Lang lang)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setPdfVersion(QPagedPaintDevice::PdfVersion_1_6);
        writer.setResolution(dotsPerInch);
        writer.setPageLayout(QPageLayout(
            QPageSize(QSizeF(sheet::boxWidth, sheet::boxHeight), QPageSize::Point, {}, QPageSize::ExactMatch),
            QPageLayout::Portrait, QMarginsF(0, 0, 0, 0)));
        writer.setDocumentId(QUuid::createUuidV5(
            QUuid(QStringLiteral("{6f1f0d0c-2a56-5a55-9a1b-74656e6b656e}")), statementBytes(statement)));
        writer.setDocumentXmpMetadata("<x/>");
        QPainter p;
        if (!p.begin(&writer))
            return {};
        p.setRenderHint(QPainter::Antialiasing);
        const qreal scale = qreal(dotsPerInch) / 72 / unitsPerPoint;
        p.scale(scale, scale);
        drawBox(p, statement, role, ruling, lang);
    }
    QByteArray pdf = buffer.data();
    repairTextLayer(pdf);
    setDates(pdf, statement.signedAt);
    return pdf;
}

} // namespace tenken
