// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/pages.h>

#include <document/content.h>

namespace tenken {

LaidOut layOut(const DocumentInput &input)
{
    Writer writer(input);
    writeCover(writer);
    int number = 0;
    for (const Section &section : input.checklist->sections)
        writeSection(writer, section, ++number);
    writeMonitoring(writer);
    writeWaiversAndActions(writer);
    writeAppendix(writer);
    LaidOut document;
    document.blocks = std::make_shared<std::vector<Block>>(std::move(writer.blocks));
    document.pages = paginate(*document.blocks);
    return document;
}

namespace {

void drawMargins(QPainter &p, size_t index, size_t count, const DocumentInput &input)
{
    const Colours &c = lightColours();
    const Service &service = input.evidence->service;
    const auto line = [&](qreal y, bool above, const QString &left, const QString &right) {
        const QRectF box(page::left, above ? y - pt(6) : y, page::bodyWidth, pt(11));
        p.setFont(paperFont(8));
        p.setPen(c.text2);
        p.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, left);
        p.drawText(box, Qt::AlignRight | Qt::AlignVCenter, right);
        drawRule(p, box.left(), box.right(), above ? box.bottom() + pt(2) : box.top() - pt(3), c.line);
    };
    const QString name = service.name.in(input.lang).isEmpty() ? service.id : service.name.in(input.lang);
    if (index > 0)
        line(page::headerAt, true, Text{"本番レディネスレビュー · %1", "Production readiness review · %1"}.arg(name).in(input.lang),
             input.judgedAt.toString(QStringLiteral("yyyy-MM-dd")));
    QStringList left{service.id, input.checklist->name(), input.evidence->gitCommit};
    left.removeAll(QString());
    line(page::footerAt, false, left.join(QStringLiteral(" · ")),
         Text{"%1 / %2 ページ", "Page %1 / %2"}.arg(qulonglong(index + 1), qulonglong(count)).in(input.lang));
}

} // namespace

void drawPage(QPainter &p, const LaidOut &document, size_t index, const DocumentInput &input)
{
    p.setRenderHint(QPainter::Antialiasing);
    drawMargins(p, index, document.pages.size(), input);
    for (const PlacedBlock &placed : document.pages[index]) {
        p.save();
        QRectF box = placed.box;
        // Only a block higher than a whole page arrives here smaller than it is: it is shrunk, never cut.
        if (placed.block->height > box.height() + 1) {
            const qreal factor = box.height() / placed.block->height;
            p.translate(box.topLeft());
            p.scale(factor, factor);
            box = QRectF(0, 0, page::bodyWidth, placed.block->height);
        }
        placed.block->draw(p, box);
        p.restore();
    }
}

} // namespace tenken
