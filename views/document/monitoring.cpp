// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/content.h>
#include <items/coveragewords.h>
#include <parts/charts.h>
#include <parts/charts/plot.h>
#include <parts/subtraction.h>
#include <rules/seriespicture.h>

namespace tenken
{

namespace
{

constexpr size_t mostMonitors = 60, mostFigures = 6;
constexpr qreal answerWidth = mm(27), needWidth = mm(40);

void subtraction(Writer &w, const Coverage &coverage)
{
    w.blocks.push_back(textBlock(QStringLiteral("<b>%1</b>").arg(paperHtml(w.in(sentenceOf(coverage)))),
                                 paperFont(12), w.c.text, 18));
    w.blocks.back().keepWithNext = true;
    const PictureStyle style = pictureStyleOf(w);
    Block block;
    block.spaceBefore = pt(10);
    block.height = (subtractionHeight + 12) * style.scale;
    block.draw = [steps = subtractionSteps(coverage), style](QPainter &p, const QRectF &box) {
        const qreal gap = mm(3), width = (box.width() + gap) / qreal(steps.size()) - gap;
        for (size_t i = 0; i < steps.size(); ++i)
            drawSubtractionStep(p,
                                QRectF(box.left() + qreal(i) * (width + gap), box.top(), width,
                                       subtractionHeight * style.scale),
                                steps[i], style);
    };
    w.blocks.push_back(block);
}

/// A badge at the left, then two columns of text.
Block markedRow(const Writer &w, Verdict verdict, const QString &word, const QString &name,
                const QString &html, bool head = false)
{
    const PaperText left(name, paperFont(9, true), needWidth - mm(2), w.c.text, 12.75);
    const PaperText right(html, paperFont(9, head), page::bodyWidth - answerWidth - needWidth, w.c.text,
                          12.75);
    Block block;
    block.height = std::max({left.height(), right.height(), pt(14)}) + pt(8);
    block.draw = [=, c = &w.c](QPainter &p, const QRectF &box) {
        const qreal y = box.top() + pt(4);
        if (head) {
            p.setFont(paperFont(8.25, true));
            p.setPen(c->text2);
            p.drawText(QRectF(box.left(), y, answerWidth, pt(13)), Qt::AlignLeft | Qt::AlignVCenter, word);
        } else {
            drawPaperBadge(p, QRectF(box.left(), y - pt(1.5), answerWidth, pt(15)), glyphOf(verdict), word,
                           *c, 8.25);
        }
        left.draw(p, {box.left() + answerWidth, y});
        right.draw(p, {box.left() + answerWidth + needWidth, y});
        drawRule(p, box.left(), box.right(), box.bottom(), head ? c->text : c->line, head ? 0.4 : 0.25);
    };
    return block;
}

std::shared_ptr<Block> startTable(Writer &w, const Text &first, const Text &second, const Text &third)
{
    auto head = std::make_shared<Block>(
        markedRow(w, Verdict::Pass, w.in(first), paperHtml(w.in(second)), paperHtml(w.in(third)), true));
    Block own = *head;
    own.keepWithNext = true;
    own.spaceBefore = pt(8);
    w.blocks.push_back(own);
    return head;
}

QString monitorsHtml(const Writer &w, const NeedCoverage &need)
{
    QStringList names;
    for (const auto *list : {&need.evidence, &need.near}) {
        for (const MonitorReading *r : *list)
            names << QStringLiteral("%1 (%2)").arg(paperHtml(r->monitor->name),
                                                   paperHtml(w.in(markOf(need, *r).word)));
    }
    return names.join(QStringLiteral("<br>"));
}

void needs(Writer &w, const Coverage &coverage)
{
    const auto head =
        startTable(w, {"答え", "Answer"}, {"知らせる必要", "Need"}, {"監視と理由", "Monitors, and why"});
    for (const NeedCoverage &need : coverage.needs) {
        QStringList parts{monitorsHtml(w, need)};
        for (size_t i = 0; i < std::min<size_t>(3, need.reasons.size()); ++i) {
            const CoverageReason &reason = need.reasons[i];
            const QString place = w.reference(reason.file, reason.span);
            parts << paperMarkup(w.in(reason.text))
                    + (place.isEmpty()
                           ? QString()
                           : QStringLiteral(" <span style=\"color:#2B4A8B\">%1</span>").arg(place));
        }
        parts.removeAll(QString());
        Block row = markedRow(w, verdictOf(need.answer), w.in(label(need.answer)),
                              paperHtml(w.in(need.need.name)), parts.join(QStringLiteral("<br>")));
        row.head = head;
        w.blocks.push_back(row);
    }
}

void monitors(Writer &w, const Coverage &coverage)
{
    const std::vector<const MonitorReading *> own = coverage.own();
    if (own.empty())
        return;
    const auto head = startTable(w, {"状態", "State"}, {"監視", "Monitor"},
                                 {"行き先、止めているもの、手順", "Receivers, what holds it back, runbook"});
    for (size_t i = 0; i < std::min(own.size(), mostMonitors); ++i) {
        QStringList parts;
        for (const MonitorFact &fact : factsOf(*own[i])) {
            if (!fact.isCode && (fact.verdict != Verdict::Pass || fact.name.en == u"Alerts go to"))
                parts << QStringLiteral("%1: %2").arg(paperHtml(w.in(fact.name)),
                                                      paperMarkup(w.in(fact.words)));
        }
        parts << QStringLiteral("<span style=\"color:#2B4A8B\">%1</span>")
                     .arg(w.reference(own[i]->monitor->file, own[i]->monitor->span));
        Block row = markedRow(w, verdictOf(own[i]->reach), w.in(label(own[i]->reach)),
                              paperHtml(own[i]->monitor->name), parts.join(QStringLiteral("<br>")));
        row.head = head;
        w.blocks.push_back(row);
    }
    if (own.size() > mostMonitors)
        w.blocks.push_back(textBlock(
            paperHtml(w.in(Text{"ほか %1 件はスナップショットにあります。", "%1 more stand in the snapshot."}
                               .arg(own.size() - mostMonitors))),
            paperFont(9), w.c.text2, 12.75, pt(4)));
}

/// The series that own monitors watch, each once, with the thresholds drawn in.
void charts(Writer &w, const Coverage &coverage)
{
    const PictureStyle style = pictureStyleOf(w);
    QStringList drawn;
    w.figures = 0;
    for (const MonitorReading *r : coverage.own()) {
        for (const MetricSeries &s : seriesWatchedBy(*r->monitor, w.input.evidence->datadog.series)) {
            if (drawn.contains(s.query + s.scope) || size_t(drawn.size()) == mostFigures)
                continue;
            drawn << s.query + s.scope;
            const SeriesPicture picture = inContext({sameText(s.metric), {s}, {}}, *w.input.evidence);
            addFigure(
                w, QStringLiteral("M"), picture.title, s.query,
                pictureHeight(picture, page::bodyWidth, style),
                [picture, style](QPainter &p, const QRectF &box) { drawPicture(p, box, picture, style); });
        }
    }
}

} // namespace

void writeMonitoring(Writer &w)
{
    const Coverage coverage = coverageOf(*w.input.evidence);
    if (!coverage.readable)
        return; // the section about monitoring says why it cannot be told
    Block title = textBlock(paperHtml(w.in({"監視が知らせること", "What the monitors tell"})),
                            paperFont(18, true), w.c.text, 24);
    title.onNewPage = true;
    title.keepWithNext = true;
    w.blocks.push_back(title);
    const DatadogSnapshot &snapshot = w.input.evidence->datadog;
    if (snapshot.captured.isValid())
        w.blocks.push_back(textBlock(
            paperHtml(w.in(Text{"スナップショット %1", "Snapshot of %1"}.arg(wholeMoment(
                double(snapshot.captured.toSecsSinceEpoch()), zoneNamed(snapshot.timeZone), w.input.lang)))),
            paperFont(8.25), w.c.text2, 12));
    subtraction(w, coverage);
    needs(w, coverage);
    monitors(w, coverage);
    charts(w, coverage);
}

} // namespace tenken
