// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/content.h>
#include <document/facts.h>
#include <parts/charts.h>
#include <parts/pictureexport.h>

#include <set>

namespace tenken {

PictureStyle pictureStyleOf(const Writer &w)
{
    PictureStyle style;
    style.colours = &w.c;
    style.lang = w.input.lang;
    style.scale = pictureScale * unitsPerPoint;
    style.families = paperFamilies();
    return style;
}

void addFigure(Writer &w, const QString &section, const Text &title, const QString &about, qreal height,
               const std::function<void(QPainter &, const QRectF &)> &draw)
{
    const QString number = QStringLiteral("%1-%2").arg(section).arg(++w.figures);
    Block caption = textBlock(QStringLiteral("<b>%1</b> %2 <span style=\"color:#454D55\">%3</span>")
                                  .arg(paperHtml(w.in(Text{"図 %1", "Figure %1"}.arg(number))), paperHtml(w.in(title)), paperHtml(about)),
                              paperFont(9), w.c.text, 12.75, pt(14));
    caption.height += pt(4);
    caption.keepWithNext = true;
    w.blocks.push_back(caption);
    Block block;
    block.height = height;
    block.draw = draw;
    w.blocks.push_back(block);
}

namespace {

QString aboutOf(const Finding &finding, Lang lang)
{
    if (const auto *timeline = std::get_if<Timeline>(finding.picture.get()))
        return timeline->subtitle.in(lang);
    return finding.object;
}

/// How the run went and how its latencies spread, beside the chart of the knee.
void addRunFigures(std::vector<DocumentFigure> &figures, const Finding &finding)
{
    const auto *test = std::get_if<LoadTestPicture>(finding.picture.get());
    if (!test || !test->run)
        return;
    figures.push_back({{"試験の経過: 投入と完了", "The run: offered and completed"}, test->id, finding.picture, PictureView::Facet::Run});
    if (test->run->latency.count() > 0 && !test->run->seconds.empty())
        figures.push_back({{"遅延の分布はどう動いたか", "How did the spread of latencies move?"}, test->id, finding.picture,
                           PictureView::Facet::Heatmap});
}

/// What tells two pictures apart: their kind, and what they show.
QString keyOf(const Finding &finding)
{
    QString key = QString::number(finding.picture->index());
    if (const auto *test = std::get_if<LoadTestPicture>(finding.picture.get()))
        return key + test->id;
    if (std::holds_alternative<CapacityPlan>(*finding.picture) || std::holds_alternative<Scaling>(*finding.picture))
        return key;
    if (const auto *timeline = std::get_if<Timeline>(finding.picture.get()))
        key += timeline->title.en + timeline->subtitle.en;
    if (const auto *series = std::get_if<SeriesPicture>(finding.picture.get()))
        return key + series->title.en;
    return key + finding.object + finding.container;
}

} // namespace

qreal DocumentFigure::height(qreal width, const PictureStyle &style) const
{
    switch (facet) {
    case PictureView::Facet::Run: return 280 * style.scale;
    case PictureView::Facet::Heatmap: return 260 * style.scale;
    default: return pictureHeight(*picture, width, style);
    }
}

void DocumentFigure::draw(QPainter &p, const QRectF &box, const PictureStyle &style) const
{
    if (facet == PictureView::Facet::Knee)
        drawPicture(p, box, *picture, style);
    else
        drawChart(p, box, pictureChart(*picture, facet, style));
}

std::vector<DocumentFigure> figuresOf(const DocumentInput &input, const Section &section)
{
    std::vector<DocumentFigure> figures;
    std::set<QString> seen;
    for (const Item &item : section.items) {
        const ItemResult *result = input.assessment->item(item.id);
        if (!result)
            continue;
        for (const Finding &finding : result->findings) {
            if (!finding.picture || !isDrawable(*finding.picture) || !seen.insert(keyOf(finding)).second)
                continue;
            const auto *timeline = std::get_if<Timeline>(finding.picture.get());
            figures.push_back({pictureTitle(*finding.picture), aboutOf(finding, input.lang), finding.picture,
                               PictureView::Facet::Knee, timeline ? timeline->source : Text{}});
            addRunFigures(figures, finding);
        }
    }
    const auto &scaling = input.assessment->scaling;
    const bool drawn = seen.contains(QString::number(Picture(Scaling()).index())); // by the rule about it
    if (section.id == u"performance" && scaling && scaling->points.size() >= 2 && !drawn) {
        const auto picture = std::make_shared<const Picture>(*scaling);
        figures.push_back({pictureTitle(*picture), {}, picture});
    }
    return figures;
}

void writeFigures(Writer &w, const Section &section, int number)
{
    w.figures = 0;
    const PictureStyle style = pictureStyleOf(w);
    for (const DocumentFigure &figure : figuresOf(w.input, section)) {
        addFigure(w, QString::number(number), figure.title, figure.about, figure.height(page::bodyWidth, style),
                  [figure, style](QPainter &p, const QRectF &box) { figure.draw(p, box, style); });
        if (!figure.source.isEmpty())
            w.blocks.push_back(textBlock(paperHtml(w.in(figure.source)), paperFont(8.25), w.c.text2, 12, pt(2)));
    }
}

} // namespace tenken
