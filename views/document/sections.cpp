// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/content.h>
#include <document/facts.h>

#include <algorithm>

namespace tenken {

namespace {

// Columns of the table of items: machine 21 · item 40 · finding the rest · team 17 · reviewer 19 mm.
constexpr qreal machineWidth = mm(21), itemWidth = mm(40), teamWidth = mm(17), reviewWidth = mm(19);
constexpr qreal itemLeft = machineWidth + mm(1), findingLeft = itemLeft + itemWidth + mm(1);
constexpr qreal reviewLeft = page::bodyWidth - reviewWidth, teamLeft = reviewLeft - teamWidth;
constexpr qreal findingWidth = teamLeft - findingLeft - mm(2);
constexpr size_t mostFindings = 4;

QString findingHtml(const Writer &w, const Finding &finding)
{
    QString html = QStringLiteral("<b>%1</b>").arg(paperHtml(w.in(finding.title)));
    if (!finding.measured.isEmpty())
        html += QStringLiteral(": <b>%1</b>").arg(paperHtml(w.in(finding.measured)));
    if (!finding.wanted.isEmpty())
        html +=
            w.in({"、基準 ", ", wanted "}) + QStringLiteral("<b>%1</b>").arg(paperHtml(w.in(finding.wanted)));
    if (finding.verdict != Verdict::Pass && !finding.reason.isEmpty())
        html += QStringLiteral("<br>%1").arg(paperMarkup(w.in(finding.reason)));
    if (finding.waived)
        html += QStringLiteral("<br><b>%1</b>")
                    .arg(paperHtml(
                        w.in(Text{"免除: %1(%2が承認、%3 まで)", "Waived: %1 (approved by %2, until %3)"}.arg(
                            finding.waived->reason, finding.waived->approver,
                            finding.waived->expires.toString(Qt::ISODate)))));
    QStringList where{w.reference(finding.file, finding.span), paperHtml(finding.object),
                      paperHtml(finding.container)};
    where.removeAll(QString());
    if (!where.isEmpty())
        html += QStringLiteral("<br><span style=\"color:#2B4A8B\">%1</span>")
                    .arg(where.join(QStringLiteral(" · ")));
    return html;
}

QString findingsHtml(const Writer &w, const ItemStanding &s)
{
    if (!s.result || !s.result->machine)
        return paperHtml(w.in(s.why));
    const std::vector<const Finding *> shown = findingsByWeight(*s.result);
    QStringList parts;
    for (const Finding *finding : shown) {
        if (size_t(parts.size()) == mostFindings)
            break;
        parts << findingHtml(w, *finding);
    }
    if (shown.size() > mostFindings)
        parts << paperHtml(
            w.in(Text{"ほか %1 件は review.json にあります。", "%1 more stand in review.json."}.arg(
                int(shown.size() - mostFindings))));
    for (const Loosening &loosened : s.result->loosened)
        parts << paperHtml(w.in(loosened.words()));
    return parts.join(QStringLiteral("<br>"));
}

std::shared_ptr<Block> tableHead(const Writer &w)
{
    auto head = std::make_shared<Block>();
    head->height = pt(18);
    head->draw = [in = w.input.lang, c = &w.c](QPainter &p, const QRectF &box) {
        p.setFont(paperFont(8.25, true));
        p.setPen(c->text2);
        const auto cell = [&](qreal left, qreal width, const Text &text) {
            p.drawText(QRectF(box.left() + left, box.top(), width, box.height() - pt(3)),
                       Qt::AlignLeft | Qt::AlignBottom, text.in(in));
        };
        cell(0, machineWidth, {"機械", "Machine"});
        cell(itemLeft, itemWidth, {"項目", "Item"});
        cell(findingLeft, findingWidth, {"所見 (測定値と基準)", "Findings (measured, wanted)"});
        cell(teamLeft, teamWidth, {"チーム", "Team"});
        cell(reviewLeft, reviewWidth, {"レビュアー", "Reviewer"});
        drawRule(p, box.left(), box.right(), box.bottom(), c->text, 0.4);
    };
    return head;
}

/// A small glyph and words that may wrap: the narrow columns.
struct SmallAnswer {
    Glyph glyph;
    PaperText words;

    SmallAnswer(Glyph g, const QString &word, qreal width, const Colours &c)
        : glyph(g), words(paperHtml(word), paperFont(8.25, true), width - pt(11), toneOf(g, c).text, 11)
    {
    }
    void draw(QPainter &p, QPointF at, const Colours &c) const
    {
        drawGlyph(p, QRectF(at.x(), at.y() + pt(1.5), pt(8.5), pt(8.5)), glyph, c);
        words.draw(p, {at.x() + pt(11), at.y()});
    }
};

template<typename Kind>
SmallAnswer smallAnswer(const Writer &w, Kind answer, bool stale, qreal width)
{
    const QString word = answer == Kind::Open ? w.in({"未回答", "Open"}) : w.in(label(answer));
    return {stale ? Glyph::Stale : glyphOf(answer),
            stale ? word + u'\n' + w.in({"要再確認", "look again"}) : word, width, w.c};
}

Block itemRow(const Writer &w, const ItemStanding &s, const std::shared_ptr<Block> &head)
{
    const bool machine = s.result && s.result->machine;
    const PaperText title(
        paperHtml(w.in(s.item->title))
            + (s.item->level == Level::Must ? QString() : paperHtml(w.in({" (推奨)", " (should)"}))),
        paperFont(9, true), itemWidth, w.c.text, 12.75);
    const PaperText id(paperHtml(s.item->id), paperFont(7, false, true), itemWidth, w.c.text3, 10.5);
    const PaperText findings(findingsHtml(w, s), paperFont(9), findingWidth, w.c.text, 12.75);
    const Glyph verdict = machine ? glyphOf(s.result->verdict) : Glyph::NotApplicable;
    const QString verdictWord = machine ? w.in(label(s.result->verdict)) : w.in({"人が回答", "people"});
    const SmallAnswer people(verdict, verdictWord, machineWidth, w.c);
    const SmallAnswer team =
        smallAnswer(w, s.review ? s.review->team.answer : TeamAnswer::Open, s.teamStale, teamWidth - mm(1));
    const SmallAnswer reviewer = smallAnswer(w, s.review ? s.review->reviewer.answer : ReviewAnswer::Open,
                                             s.reviewerStale, reviewWidth);

    Block block;
    block.head = head;
    block.height = pt(11) + std::max({title.height() + id.height(), findings.height(), team.words.height(),
                                      reviewer.words.height(), pt(24)});
    block.draw = [=, c = &w.c](QPainter &p, const QRectF &box) {
        const qreal y = box.top() + pt(5.5);
        if (machine)
            drawPaperBadge(p, QRectF(box.left(), y - pt(1.5), machineWidth, pt(15)), verdict, verdictWord, *c,
                           8.25);
        else
            people.draw(p, {box.left(), y}, *c);
        title.draw(p, {box.left() + itemLeft, y});
        id.draw(p, {box.left() + itemLeft, y + title.height()});
        findings.draw(p, {box.left() + findingLeft, y});
        team.draw(p, {box.left() + teamLeft, y}, *c);
        reviewer.draw(p, {box.left() + reviewLeft, y}, *c);
        drawRule(p, box.left(), box.right(), box.bottom(), c->line);
    };
    return block;
}

template<typename Kind>
QString noteHtml(const Writer &w, const Text &who, const Answer<Kind> &answer)
{
    if (answer.note.trimmed().isEmpty() && answer.links.isEmpty())
        return {};
    QString html = QStringLiteral("<b>%1</b> ").arg(paperHtml(w.in(who)));
    if (!answer.note.trimmed().isEmpty())
        html += (w.input.lang == Lang::Ja ? QStringLiteral("「%1」 ") : QStringLiteral("“%1” "))
                    .arg(paperHtml(answer.note.trimmed()));
    html += paperHtml(
        QStringLiteral("%1 %2").arg(answer.by, answer.at.toString(QStringLiteral("MM-dd"))).trimmed());
    for (const QString &link : answer.links) {
        const QString safe = safeLink(link);
        html += safe.isEmpty()
            ? QStringLiteral(" · %1").arg(paperHtml(link))
            : QStringLiteral(" · <a href=\"%1\">%2</a>").arg(safe.toHtmlEscaped(), paperHtml(safe));
    }
    return html;
}

/// Notes stay with their item; a very long one continues in pieces, so that nothing is cut off.
void notes(Writer &w, const ItemStanding &is, const std::shared_ptr<Block> &head)
{
    QStringList parts;
    for (const Text &line : noticesFor(w.notices, is))
        parts << QStringLiteral("<b>%1</b>").arg(paperHtml(w.in(line)));
    if (is.review)
        parts << noteHtml(w, {"チーム", "Team"}, is.review->team)
              << noteHtml(w, {"レビュアー", "Reviewer"}, is.review->reviewer);
    parts.removeAll(QString());
    if (parts.isEmpty())
        return;
    QStringList lines = parts.join(QStringLiteral("<br>")).split(QStringLiteral("<br>"));
    constexpr qsizetype linesInOne = 24;
    while (!lines.isEmpty()) {
        const QString html = lines.mid(0, linesInOne).join(QStringLiteral("<br>"));
        lines = lines.mid(linesInOne);
        const PaperText text(html, paperFont(8.25), page::bodyWidth - itemLeft, w.c.text2, 12);
        Block block;
        block.head = head;
        block.height = text.height() + pt(6);
        block.draw = [text, ink = w.c.line](QPainter &p, const QRectF &box) {
            text.draw(p, {box.left() + itemLeft, box.top() + pt(1)});
            drawRule(p, box.left(), box.right(), box.bottom(), ink);
        };
        w.blocks.back().keepWithNext = true;
        w.blocks.push_back(block);
    }
}

} // namespace

void writeSection(Writer &w, const Section &section, int number)
{
    const std::vector<const ItemStanding *> items = itemsByUrgency(*w.input.outcome, section);
    SectionCount count;
    for (const SectionCount &c : w.input.outcome->sections) {
        if (c.id == section.id)
            count = c;
    }
    Block title = textBlock(QStringLiteral("<span style=\"color:#5F676F\">%1</span>&nbsp; %2")
                                .arg(number)
                                .arg(paperHtml(w.in(section.title))),
                            paperFont(18, true), w.c.text, 24);
    title.onNewPage = true;
    title.keepWithNext = true;
    w.blocks.push_back(title);
    Block bar;
    bar.height = pt(20);
    bar.keepWithNext = true;
    bar.draw = [count, c = &w.c, text = w.in(countsInWords(count))](QPainter &p, const QRectF &box) {
        drawSegments(p, QRectF(box.left(), box.top() + pt(5), mm(64), pt(6)), count, *c);
        p.setFont(paperFont(8.25));
        p.setPen(c->text2);
        p.drawText(QRectF(box.left() + mm(67), box.top(), box.width() - mm(67), pt(16)),
                   Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    w.blocks.push_back(bar);
    const auto head = tableHead(w);
    Block first = *head;
    first.keepWithNext = true;
    w.blocks.push_back(first);
    for (const ItemStanding *s : items) {
        w.blocks.push_back(itemRow(w, *s, head));
        notes(w, *s, head);
    }
    writeFigures(w, section, number);
}

} // namespace tenken
