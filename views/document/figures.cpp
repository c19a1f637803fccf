// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/content.h>

#include <parts/charts.h>
#include <parts/pictures.h>

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

QString aboutOf(const Writer &w, const Finding &finding)
{
    if (const auto *timeline = std::get_if<Timeline>(finding.picture.get()))
        return w.in(timeline->subtitle);
    return finding.object;
}

void addPicture(Writer &w, int section, const Finding &finding)
{
    const PictureStyle style = pictureStyleOf(w);
    const auto picture = finding.picture;
    const qreal height = pictureHeight(*picture, page::bodyWidth, style);
    addFigure(w, QString::number(section), pictureTitle(*picture), aboutOf(w, finding), height,
              [picture, style](QPainter &p, const QRectF &box) { drawPicture(p, box, *picture, style); });
    if (const auto *timeline = std::get_if<Timeline>(picture.get()); timeline && !timeline->source.isEmpty())
        w.blocks.push_back(textBlock(paperHtml(w.in(timeline->source)), paperFont(8.25), w.c.text2, 12, pt(2)));
}

/// How the run went and how its latencies spread, beside the chart of the knee.
void addRunFigures(Writer &w, int section, const Finding &finding)
{
    const auto picture = finding.picture;
    const auto *test = std::get_if<LoadTestPicture>(picture.get());
    if (!test || !test->run)
        return;
    const PictureStyle style = pictureStyleOf(w);
    const auto add = [&](const Text &title, QChart *(*make)(const LoadTestPicture &, const PictureStyle &), qreal height) {
        addFigure(w, QString::number(section), title, test->id, height * style.scale, [picture, style, make](QPainter &p, const QRectF &box) {
            drawChart(p, box, make(std::get<LoadTestPicture>(*picture), style));
        });
    };
    add({"試験の経過: 投入と完了", "The run: offered and completed"}, runChart, 280);
    if (test->run->latency.count() > 0 && !test->run->seconds.empty())
        add({"遅延の分布はどう動いたか", "How did the spread of latencies move?"}, heatmapChart, 260);
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

void writeFigures(Writer &w, const Section &section, int number)
{
    w.figures = 0;
    std::set<QString> seen;
    for (const Item &item : section.items) {
        const ItemResult *result = w.input.assessment->item(item.id);
        if (!result)
            continue;
        for (const Finding &finding : result->findings) {
            if (!finding.picture || !isDrawable(*finding.picture) || !seen.insert(keyOf(finding)).second)
                continue;
            addPicture(w, number, finding);
            addRunFigures(w, number, finding);
        }
    }
    const auto &scaling = w.input.assessment->scaling;
    const bool drawn = seen.contains(QString::number(Picture(Scaling()).index())); // by the rule about it
    if (section.id != u"performance" || !scaling || scaling->points.size() < 2 || drawn)
        return;
    const PictureStyle style = pictureStyleOf(w);
    const Picture picture(*scaling);
    addFigure(w, QString::number(number), pictureTitle(picture), {}, pictureHeight(picture, page::bodyWidth, style),
              [picture, style](QPainter &p, const QRectF &box) { drawPicture(p, box, picture, style); });
}

} // namespace tenken
