// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/overviewparts.h>

#include <pages/label.h>
#include <pages/overviewpage.h>
#include <parts/badgewidget.h>
#include <parts/segmentbar.h>

#include <QGridLayout>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <span>

namespace tenken {

GlyphWidget::GlyphWidget(Glyph glyph, int size, QWidget *parent) : QWidget(parent), m_glyph(glyph)
{
    setFixedSize(size, size);
}

void GlyphWidget::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    drawGlyph(p, QRectF(rect()).adjusted(1, 1, -1, -1), m_glyph, coloursFor(palette()));
}

HorizontalLine::HorizontalLine(QWidget *parent) : QWidget(parent)
{
    setFixedHeight(1);
}

void HorizontalLine::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), coloursFor(palette()).line);
}

VerticalLine::VerticalLine(QWidget *parent) : QWidget(parent)
{
    setFixedWidth(1);
}

void VerticalLine::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), coloursFor(palette()).line);
}

QString dateInWords(const QDate &day, Lang lang)
{
    const QLocale locale(lang == Lang::Ja ? QLocale::Japanese : QLocale::English);
    return QStringLiteral("%1 (%2)").arg(day.toString(Qt::ISODate),
                                         locale.dayName(day.dayOfWeek(), QLocale::ShortFormat));
}

namespace {

void addRule(QGridLayout *grid, Decision decision, const Text &text, Lang lang)
{
    const int row = grid->rowCount();
    grid->addWidget(new GlyphWidget(glyphOf(decision), 16), row, 0, Qt::AlignTop);
    auto *words = new Label(QStringLiteral("<b>%1</b>&nbsp; %2")
                                .arg(label(decision).in(lang).toHtmlEscaped(), text.in(lang).toHtmlEscaped()),
                            Type::Caption);
    words->setTextFormat(Qt::RichText);
    words->setWrapped();
    grid->addWidget(words, row, 1);
}

} // namespace

QWidget *decisionRules(const Checklist &checklist, Lang lang)
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    grid->addWidget(new Label(Text{"判定の規則", "The rule"}.in(lang) + QStringLiteral("  ") + checklist.name(),
                              Type::Caption, Label::Ink::Text2), 0, 0, 1, 2);
    addRule(grid, Decision::Go, checklist.decision.goText, lang);
    addRule(grid, Decision::ConditionalGo, checklist.decision.conditionalText, lang);
    addRule(grid, Decision::NoGo, checklist.decision.noGoText, lang);
    for (const RemovedQuestion &r : checklist.removed) {
        auto *words = new Label(Text{"%1: %2", "%1: %2"}.arg(r.words(), r.reason).in(lang), Type::Caption,
                                Label::Ink::Text2);
        words->setWrapped();
        grid->addWidget(words, grid->rowCount(), 1);
    }
    return box;
}

std::pair<const StageOutcome *, std::vector<const ItemStanding *>> nextBlockers(const Outcome &outcome)
{
    const StageOutcome *applied = outcome.appliedStage();
    std::pair<const StageOutcome *, std::vector<const ItemStanding *>> found{applied, outcome.blockers()};
    if (!applied || !found.second.empty())
        return found;
    const auto later =
        std::find_if(outcome.stages.begin() + (applied - outcome.stages.data()), outcome.stages.end(),
                     [](const StageOutcome &s) { return !s.blockers.empty(); });
    if (later == outcome.stages.end())
        return found;
    for (const ItemStanding &is : outcome.items) {
        if (std::ranges::contains(later->blockers, is.item->id))
            found.second.push_back(&is);
    }
    found.first = &*later;
    return found;
}

RowButton::Content blockerContent(const ItemStanding &standing, Lang lang)
{
    RowButton::Content content;
    content.glyph = glyphOf(standing.standing);
    content.title = standing.item->title.in(lang);
    content.below = standing.item->id;
    if (standing.result) {
        const auto &findings = standing.result->findings;
        const auto worstOne = std::ranges::find_if(
            findings, [&](const Finding &f) { return f.verdict == standing.result->verdict; });
        if (worstOne != findings.end() && standing.result->verdict == Verdict::Fail) {
            content.value = worstOne->measured.in(lang);
            if (!worstOne->wanted.isEmpty())
                content.valueBelow = Text{"基準 %1", "wanted %1"}.arg(worstOne->wanted).in(lang);
        }
    }
    if (content.value.isEmpty())
        content.value = label(standing.standing).in(lang);
    return content;
}

QWidget *sectionTable(const Outcome &outcome, Lang lang)
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    const std::array glyphs{Glyph::Pass, Glyph::Warn, Glyph::Fail, Glyph::Unknown, Glyph::NotApplicable};
    for (int i = 0; i < int(glyphs.size()); ++i)
        grid->addWidget(new GlyphWidget(glyphs[size_t(i)], 16), 0, 2 + i, Qt::AlignRight);
    grid->addWidget(new Label(Text{"計", "All"}.in(lang), Type::Caption, Label::Ink::Text2), 0, 7,
                    Qt::AlignRight);
    const auto addRow = [&](const QString &title, const SectionCount &count, bool total) {
        const int line = grid->rowCount();
        grid->addWidget(new HorizontalLine, line, 0, 1, 8);
        const int row = line + 1;
        grid->setRowMinimumHeight(row, 26);
        grid->addWidget(new Label(title, total ? Type::BodyBold : Type::Body), row, 0);
        auto *bar = new SegmentBar;
        bar->setBarHeight(16);
        bar->setCount(count, lang);
        grid->addWidget(bar, row, 1);
        const std::array numbers{count.pass, count.warn, count.fail, count.unknown, count.notApplicable};
        const std::array inks{Label::Ink::Pass, Label::Ink::Warn, Label::Ink::Fail, Label::Ink::Text2,
                              Label::Ink::Text3};
        for (int i = 0; i < 5; ++i) {
            if (numbers[size_t(i)] > 0)
                grid->addWidget(
                    new Label(QString::number(numbers[size_t(i)]), Type::BodyBold, inks[size_t(i)]), row,
                    2 + i, Qt::AlignRight);
        }
        grid->addWidget(new Label(QString::number(count.total()), Type::Body, Label::Ink::Text2), row, 7,
                        Qt::AlignRight);
    };
    int number = 0;
    for (const SectionCount &section : outcome.sections)
        addRow(QStringLiteral("%1 %2").arg(++number).arg(section.title.in(lang)), section, false);
    addRow(Text{"計", "Total"}.in(lang), outcome.total, true);
    return box;
}

std::vector<DatedWaiver> openWaivers(const Review &review, const Checklist &checklist)
{
    std::vector<DatedWaiver> list;
    for (const ItemReview &item : review.items) {
        const Item *question = checklist.item(item.id);
        for (const Waiver &waiver : item.waivers)
            list.push_back({waiver, item.id, question ? question->title : sameText(item.id),
                            !question || question->waivable});
    }
    std::ranges::stable_sort(list, {}, [](const DatedWaiver &w) { return w.waiver.expires; });
    return list;
}

std::vector<DatedAction> openActions(const Review &review)
{
    std::vector<DatedAction> list;
    for (const ItemReview &item : review.items) {
        for (const Action &action : item.actions) {
            if (!action.done)
                list.push_back({action, item.id});
        }
    }
    std::ranges::stable_sort(list, {}, [](const DatedAction &a) { return a.action.due; });
    return list;
}

namespace {

QWidget *moreOf(size_t count, Lang lang)
{
    return new Label(Text{"ほか %1 件", "%1 more"}.arg(count).in(lang), Type::Caption, Label::Ink::Text2);
}

/// One that counts for nothing must not look like one that does.
RowButton::Content waiverContent(const DatedWaiver &entry, Lang lang)
{
    const Waiver &waiver = entry.waiver;
    const qint64 days = QDate::currentDate().daysTo(waiver.expires);
    const bool counts = entry.waivable && waiver.isComplete() && days >= 0;
    RowButton::Content content;
    content.glyph = counts ? Glyph::Waive : Glyph::Fail;
    content.title = entry.title.in(lang);
    const Text target = targetOf(waiver);
    content.below = target.isEmpty() ? waiver.reason
                                     : QStringLiteral("%1 — %2").arg(target.in(lang), waiver.reason);
    content.belowIsCode = false;
    const Text value = !entry.waivable ? Text{"免除できません", "Cannot be waived"}
        : waiver.unclear               ? Text{"読み取れません", "Not clear"}
        : !waiver.isComplete()         ? Text{"未完成", "Incomplete"}
        : days < 0                     ? Text{"期限切れ", "Expired"}
        : days == 1                    ? Text{"残り 1 日", "1 day left"}
                                       : Text{"残り %1 日", "%1 days left"}.arg(days);
    content.value = value.in(lang);
    if (!counts && days >= 0)
        content.valueBelow = Text{"数えません", "counts for nothing"}.in(lang);
    else if (waiver.expires.isValid())
        content.valueBelow = Text{"%1 · 承認 %2", "%1 · approved by %2"}
                                 .arg(waiver.expires.toString(Qt::ISODate), waiver.approver)
                                 .in(lang);
    return content;
}

} // namespace

QWidget *waiverList(const std::vector<DatedWaiver> &waivers, Lang lang, OverviewPage *page)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    if (waivers.empty())
        column->addWidget(new Label(Text{"免除はありません。", "There are no waivers."}.in(lang), Type::Body,
                                    Label::Ink::Text2));
    constexpr size_t most = 5; // those that end first
    for (const DatedWaiver &entry : std::span(waivers).first(std::min(most, waivers.size()))) {
        auto *button = new RowButton(waiverContent(entry, lang));
        const QString id = entry.itemId;
        QObject::connect(button, &QAbstractButton::clicked, page,
                         [page, id] { emit page->itemRequested(id); });
        column->addWidget(button);
    }
    if (waivers.size() > most)
        column->addWidget(moreOf(waivers.size() - most, lang));
    return box;
}

QWidget *actionList(const std::vector<DatedAction> &actions, Lang lang)
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 4, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    if (actions.empty())
        grid->addWidget(
            new Label(Text{"期日のあるアクションはありません。", "There are no open actions."}.in(lang),
                      Type::Body, Label::Ink::Text2),
            0, 0, 1, 3);
    int row = 0;
    constexpr size_t most = 6; // those that are due first
    for (const DatedAction &entry : std::span(actions).first(std::min(most, actions.size()))) {
        const bool late = entry.action.due.isValid() && entry.action.due < QDate::currentDate();
        const Label::Ink ink = late ? Label::Ink::Fail : Label::Ink::Text2;
        const QString due = entry.action.due.isValid() ? entry.action.due.toString(QStringLiteral("MM-dd"))
                                                       : QStringLiteral("–");
        grid->addWidget(new Label(due, late ? Type::BodyBold : Type::Body, ink), row, 0, Qt::AlignTop);
        auto *text = new Label(entry.action.text, Type::Body);
        text->setTextFormat(Qt::PlainText);
        text->setWrapped();
        grid->addWidget(text, row, 1);
        const QString who = late ? Text{"%1 日超過 · %2", "%1 days late · %2"}
                                       .arg(entry.action.due.daysTo(QDate::currentDate()), entry.action.owner)
                                       .in(lang)
                                 : entry.action.owner;
        auto *owner = new Label(who, Type::Caption, ink);
        owner->setTextFormat(Qt::PlainText);
        grid->addWidget(owner, row, 2, Qt::AlignRight | Qt::AlignTop);
        ++row;
    }
    if (actions.size() > most)
        grid->addWidget(moreOf(actions.size() - most, lang), row, 1);
    return box;
}

} // namespace tenken
