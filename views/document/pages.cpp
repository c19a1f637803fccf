// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/pages.h>

#include <document/content.h>

namespace tenken {

namespace {

int pageOf(const LaidOut &document, size_t block)
{
    for (size_t i = 0; i < document.pages.size(); ++i) {
        for (const PlacedBlock &placed : document.pages[i]) {
            if (placed.block == &(*document.blocks)[block])
                return int(i);
        }
    }
    return 0;
}

} // namespace

LaidOut layOut(const DocumentInput &input)
{
    Writer writer(input);
    std::vector<std::pair<size_t, QString>> begins;
    const auto part = [&](const QString &title, const std::function<void()> &write) {
        const size_t before = writer.blocks.size();
        write();
        if (writer.blocks.size() > before)
            begins.emplace_back(before, title);
    };
    part(writer.in({"判定", "Decision"}), [&] { writeCover(writer); });
    int number = 0;
    for (const Section &section : input.checklist->sections) {
        ++number;
        part(QStringLiteral("%1 %2").arg(number).arg(writer.in(section.title)), [&] { writeSection(writer, section, number); });
    }
    part(writer.in({"監視", "Monitoring"}), [&] { writeMonitoring(writer); });
    part(writer.in({"免除とアクション", "Waivers and actions"}), [&] { writeWaiversAndActions(writer); });
    part(writer.in({"判定の規則と証拠", "Decision rule and evidence"}), [&] { writeAppendix(writer); });
    part(writer.in({"署名", "Sign-off"}), [&] { writeSignOffPage(writer); });
    LaidOut document;
    document.blocks = std::make_shared<std::vector<Block>>(std::move(writer.blocks));
    document.pages = paginate(*document.blocks);
    for (const auto &[block, title] : begins)
        document.parts.push_back({title, pageOf(document, block)});
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
