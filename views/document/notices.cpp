// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/content.h>
#include <document/facts.h>

#include <algorithm>
#include <span>

namespace tenken {

namespace {

/// One stage as on screen: title, decision, what it rests on; a strong frame around the one applied for.
struct StageBox {
    PaperText title, lead;
    Glyph glyph;
    QString word;
    bool applied;
};

constexpr qreal gapWidth = mm(3), inset = mm(3.5);

void drawStage(QPainter &p, const QRectF &box, const StageBox &stage, const Colours &c)
{
    const qreal width = stage.applied ? mm(0.6) : mm(0.25);
    p.setPen(QPen(stage.applied ? c.accent : c.line, width));
    p.setBrush(Qt::NoBrush);
    p.drawRect(box.adjusted(width / 2, width / 2, -width / 2, -width / 2));
    const QRectF inner = box.adjusted(inset, inset, -inset, -inset);
    stage.title.draw(p, inner.topLeft());
    const QSizeF badge = badgeSize(paperFont(8.25, true), stage.word);
    drawPaperBadge(p, QRectF(inner.right() - badge.width(), inner.top() - pt(1), badge.width(), pt(15)),
                   stage.glyph, stage.word, c);
    stage.lead.draw(p, {inner.left(), inner.top() + stage.title.height() + pt(4)});
}

} // namespace

void writeStages(Writer &w)
{
    const auto &stages = w.input.outcome->stages;
    if (stages.empty())
        return;
    constexpr size_t inOneRow = 3;
    for (size_t first = 0; first < stages.size(); first += inOneRow) {
        const size_t count = std::min(inOneRow, stages.size() - first);
        const qreal width = (page::bodyWidth - gapWidth * qreal(count - 1)) / qreal(count);
        std::vector<StageBox> boxes;
        Block block;
        block.spaceBefore = pt(8);
        for (const StageOutcome &stage : std::span(stages).subspan(first, count)) {
            const QString title = paperHtml(w.in(stage.title)), word = w.in(label(stage.decision));
            const QString applied = w.in({"%1 · 申請", "%1 · applied for"}).arg(title);
            const qreal room = width - 2 * inset - badgeSize(paperFont(8.25, true), word).width() - pt(4);
            boxes.push_back({{stage.applied ? applied : title, paperFont(9, true), room, w.c.text, 13},
                             {paperHtml(w.in(stage.lead)), paperFont(8.25), width - 2 * inset, w.c.text2, 12},
                             glyphOf(stage.decision), word, stage.applied});
            block.height = std::max(
                block.height, 2 * inset + boxes.back().title.height() + pt(4) + boxes.back().lead.height());
        }
        block.draw = [boxes, width, c = &w.c](QPainter &p, const QRectF &box) {
            for (size_t i = 0; i < boxes.size(); ++i)
                drawStage(p, {box.left() + qreal(i) * (width + gapWidth), box.top(), width, box.height()},
                          boxes[i], *c);
        };
        w.blocks.push_back(block);
    }
}

void writeNotices(Writer &w)
{
    if (w.notices.empty())
        return;
    w.heading({"判定とあわせて知っておくこと", "To know beside the verdicts"});
    std::vector<QStringList> rows;
    for (const Remark &notice : w.notices) {
        const Item &item = *notice.standing->item;
        const QString words = paperHtml(w.in(notice.words));
        rows.push_back(
            {paperHtml(w.in(label(notice.kind))),
             QStringLiteral("<b>%1</b><br>%2").arg(paperHtml(w.in(item.title)), paperHtml(item.id)),
             notice.lacking ? QStringLiteral("<b>%1</b>").arg(words) : words});
    }
    writeTable(w, {w.in({"種類", "Kind"}), w.in({"項目", "Item"}), w.in({"内容", "What"})}, rows, {mm(32), mm(50)},
               paperFont(8.25));
}

} // namespace tenken
