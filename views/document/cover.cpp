// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/content.h>
#include <document/facts.h>

#include <array>
#include <utility>

namespace tenken {

namespace {

Block gap(qreal points)
{
    Block block;
    block.height = pt(points);
    block.draw = [](QPainter &, const QRectF &) {};
    return block;
}

void title(Writer &w)
{
    const Service &service = w.input.evidence->service;
    const QString name = w.in(service.name).isEmpty() ? service.id : w.in(service.name);
    w.blocks.push_back(gap(w.input.outcome->stages.empty() ? 40 : 20));
    w.blocks.push_back(textBlock(w.in({"本番レディネスレビュー", "Production readiness review"}),
                                 paperFont(12), w.c.text2, 18));
    w.blocks.push_back(textBlock(paperHtml(name), paperFont(30, true), w.c.text, 39, pt(4)));
    w.blocks.push_back(textBlock(paperHtml(service.id), paperFont(12, false, true), w.c.text2, 18));
}

void decisionBox(Writer &w)
{
    const Outcome &outcome = *w.input.outcome;
    const Glyph glyph = glyphOf(outcome.decision);
    const ToneColours tone = toneOf(glyph, w.c);
    const StageOutcome *stage = outcome.appliedStage();
    const PaperText small(
        w.in(stage ? Text{"申請段階 %1 の判定", "Decision for the stage applied for, %1"}.arg(stage->title)
                   : Text{"判定", "Decision"}),
        paperFont(8.25), page::bodyWidth, w.c.text2, 12);
    const PaperText word(paperHtml(w.in(label(outcome.decision))), paperFont(24, true), page::bodyWidth,
                         tone.text, 30);
    const PaperText lead(paperHtml(w.in(outcome.lead)), paperFont(9.5), page::bodyWidth - mm(30), w.c.text,
                         13.5);
    Block block;
    block.spaceBefore = pt(22);
    block.height = pt(30) + small.height() + word.height() + lead.height();
    block.draw = [=, line = tone.mark, c = &w.c](QPainter &p, const QRectF &box) {
        p.setPen(QPen(line, mm(0.25)));
        p.setBrush(Qt::NoBrush);
        p.drawRect(box);
        p.fillRect(QRectF(box.left(), box.top(), mm(2), box.height()), line);
        const qreal x = box.left() + mm(24);
        drawGlyph(p, QRectF(box.left() + mm(7), box.top() + pt(16), pt(34), pt(34)), glyph, *c);
        qreal y = box.top() + pt(12);
        small.draw(p, {x, y});
        y += small.height();
        word.draw(p, {x, y});
        y += word.height() + pt(4);
        lead.draw(p, {x, y});
    };
    w.blocks.push_back(block);
}

void identity(Writer &w)
{
    bool first = true;
    for (const DocumentFact &fact : identityOf(w.input))
        addFactRow(w, fact, std::exchange(first, false), {.codePoints = 8.25, .spaceBefore = 20});
}

void counts(Writer &w)
{
    w.heading({"結果", "Result"});
    const SectionCount total = w.input.outcome->total;
    Block block;
    block.height = pt(64);
    block.keepWithNext = true;
    block.draw = [total, c = &w.c, lang = w.input.lang](QPainter &p, const QRectF &box) {
        const std::array<std::tuple<int, Glyph, Text>, 5> figures{
            {{total.pass, Glyph::Pass, label(Verdict::Pass)},
             {total.warn, Glyph::Warn, label(Verdict::Warn)},
             {total.fail, Glyph::Fail, label(Verdict::Fail)},
             {total.unknown, Glyph::Unknown, label(Verdict::Unknown)},
             {total.notApplicable, Glyph::NotApplicable, label(Verdict::NotApplicable)}}};
        for (int i = 0; i < 5; ++i) {
            const auto &[count, glyph, word] = figures[size_t(i)];
            const qreal x = box.left() + box.width() * i / 5;
            p.setFont(paperFont(18, true));
            p.setPen(toneOf(glyph, *c).text);
            p.drawText(QRectF(x, box.top(), box.width() / 5, pt(24)), Qt::AlignLeft | Qt::AlignVCenter,
                       QString::number(count));
            drawGlyph(p, QRectF(x, box.top() + pt(27), pt(9), pt(9)), glyph, *c);
            p.setFont(paperFont(9));
            p.setPen(c->text2);
            p.drawText(QRectF(x + pt(12), box.top() + pt(24), box.width() / 5 - pt(12), pt(15)),
                       Qt::AlignLeft | Qt::AlignVCenter, word.in(lang));
        }
        drawSegments(p, QRectF(box.left(), box.top() + pt(46), box.width(), pt(9)), total, *c);
    };
    w.blocks.push_back(block);
    w.blocks.push_back(
        textBlock(paperHtml(w.in(coverageInWords(*w.input.outcome))), paperFont(8.25), w.c.text2, 12));
}

} // namespace

void writeCover(Writer &w)
{
    title(w);
    decisionBox(w);
    writeStages(w);
    identity(w);
    counts(w);
    writeSignOffSummary(w);
    writeNotices(w);
}

} // namespace tenken
