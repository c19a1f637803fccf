// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/review.h>

#include <evidence/numbers.h>
#include <review/person.h>

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

template<typename Kind>
struct Word {
    Kind kind;
    const char *word;
    const char *ja;
    const char *en;
};

constexpr Word<TeamAnswer> teamWords[] = {
    {TeamAnswer::Open, "", "未回答", "Open"},
    {TeamAnswer::Pass, "pass", "合格", "Pass"},
    {TeamAnswer::Fail, "fail", "不合格", "Fail"},
    {TeamAnswer::NotApplicable, "n/a", "対象外", "N/A"},
    {TeamAnswer::NotYet, "not-yet", "これから", "Not yet"},
};

constexpr Word<ReviewAnswer> reviewWords[] = {
    {ReviewAnswer::Open, "", "未回答", "Open"},
    {ReviewAnswer::Accept, "accept", "承認", "Accept"},
    {ReviewAnswer::Reject, "reject", "差し戻し", "Reject"},
    {ReviewAnswer::Waive, "waive", "免除", "Waive"},
    {ReviewAnswer::Ask, "ask", "質問", "Ask"},
};

template<typename Kind, size_t N>
const Word<Kind> &wordOf(const Word<Kind> (&words)[N], Kind kind)
{
    return *std::ranges::find(words, kind, &Word<Kind>::kind);
}

template<typename Kind, size_t N>
std::optional<Kind> kindOf(const Word<Kind> (&words)[N], const QString &s)
{
    for (const auto &word : words) {
        if (s == QLatin1StringView(word.word))
            return word.kind;
    }
    return std::nullopt;
}

QString headline(const Text &title)
{
    if (title.ja.isEmpty() || title.en.isEmpty() || title.ja == title.en)
        return title.en.isEmpty() ? title.ja : title.en;
    return title.ja + QStringLiteral(" · ") + title.en;
}

bool contradicts(Verdict machine, const ItemReview &review)
{
    const TeamAnswer team = review.team.answer;
    const ReviewAnswer reviewer = review.reviewer.answer;
    switch (machine) {
    case Verdict::Pass:
    case Verdict::Warn:
        return team == TeamAnswer::Fail || team == TeamAnswer::NotYet || team == TeamAnswer::NotApplicable
            || reviewer == ReviewAnswer::Reject;
    case Verdict::Fail:
        return team == TeamAnswer::Pass || team == TeamAnswer::NotApplicable
            || reviewer == ReviewAnswer::Accept;
    case Verdict::NotApplicable:
        return team == TeamAnswer::Fail || team == TeamAnswer::NotYet || reviewer == ReviewAnswer::Reject;
    case Verdict::Unknown:
        return false;
    }
    return false;
}

} // namespace

QString toString(TeamAnswer a) { return QString::fromLatin1(wordOf(teamWords, a).word); }
QString toString(ReviewAnswer a) { return QString::fromLatin1(wordOf(reviewWords, a).word); }

std::optional<TeamAnswer> teamAnswerFromString(const QString &s) { return kindOf(teamWords, s); }
std::optional<ReviewAnswer> reviewAnswerFromString(const QString &s) { return kindOf(reviewWords, s); }

Text label(TeamAnswer a)
{
    const auto &word = wordOf(teamWords, a);
    return {QString::fromUtf8(word.ja), QString::fromUtf8(word.en)};
}

Text label(ReviewAnswer a)
{
    const auto &word = wordOf(reviewWords, a);
    return {QString::fromUtf8(word.ja), QString::fromUtf8(word.en)};
}

QString toString(const Relied &r)
{
    if (r.file.isEmpty())
        return r.path;
    const QString file = QString::fromLatin1(r.file);
    if (r.first < 1)
        return QStringLiteral("%1 %2").arg(r.path, file);
    return QStringLiteral("%1:%2-%3 %4 %5")
        .arg(r.path, QString::number(r.first), QString::number(r.last), file, QString::fromLatin1(r.lines));
}

Relied reliedFromString(const QString &text)
{
    static const QRegularExpression whole(QStringLiteral("\\A(.+) ([0-9a-f]{32})\\z"),
                                          QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression part(QStringLiteral("\\A(.+):([1-9][0-9]{0,8})-([1-9][0-9]{0,8}) ([0-9a-f]{32}) ([0-9a-f]{32})\\z"),
                                         QRegularExpression::DotMatchesEverythingOption);
    if (const auto match = part.match(text); match.hasMatch())
        return {match.captured(1), match.captured(2).toInt(), match.captured(3).toInt(), match.captured(4).toLatin1(),
                match.captured(5).toLatin1()};
    if (const auto match = whole.match(text); match.hasMatch())
        return {match.captured(1), 0, 0, match.captured(2).toLatin1(), {}};
    return {text, 0, 0, {}, {}};
}

bool Waiver::isComplete() const
{
    const auto named = [](const QString &name) { return !person(name).isEmpty(); };
    const Scope of = scope();
    const bool target = of == Scope::Item ? saysSomething(control)
        : of == Scope::Finding            ? !rule.trimmed().isEmpty()
                                          : value.has_value();
    return !unclear && saysSomething(reason) && named(requester) && named(approver) && target && expires.isValid()
        && !isSamePerson(approver, requester);
}

Waiver::Scope Waiver::scope() const
{
    if (!parameter.isEmpty() || value)
        return Scope::Parameter;
    const bool any = !rule.isEmpty() || !object.isEmpty() || !container.isEmpty() || !finding.isEmpty();
    return any ? Scope::Finding : Scope::Item;
}

bool Waiver::isAbout(const Finding &f) const
{
    return scope() == Scope::Finding && rule == f.rule && object == f.object && container == f.container
        && (finding.isEmpty() || finding == f.title.ja || finding == f.title.en);
}

bool Waiver::isAbout(const Loosening &loosening) const
{
    if (scope() != Scope::Parameter || parameter != loosening.parameter || !value)
        return false;
    const auto [least, most] = std::minmax(loosening.from, *value);
    return loosening.to == *value || (loosening.directed && least <= loosening.to && loosening.to <= most);
}

Text targetOf(const Waiver &waiver)
{
    switch (waiver.scope()) {
    case Waiver::Scope::Item:
        return {};
    case Waiver::Scope::Parameter:
        return Text{"パラメーター %1 を %2 に", "parameter %1 set to %2"}.arg(
            waiver.parameter, waiver.value ? formatNumber(*waiver.value) : QString(u'–'));
    case Waiver::Scope::Finding:
        break;
    }
    QStringList parts{waiver.finding, waiver.rule, waiver.object, waiver.container};
    parts.removeAll(QString());
    return Text{"所見 %1", "finding %1"}.arg(parts.join(QStringLiteral(" · ")));
}

bool Waiver::isValidOn(const QDate &day) const { return isComplete() && day.isValid() && day <= expires; }

bool ItemReview::isEmpty() const
{
    return team.isEmpty() && reviewer.isEmpty() && waivers.empty() && actions.empty();
}

bool ItemReview::isInDoubt() const
{
    return doubt.block || (doubt.team && team.answer == TeamAnswer::Open)
        || (doubt.reviewer && reviewer.answer == ReviewAnswer::Open);
}

const ItemReview *Review::item(const QString &id) const
{
    const auto found = std::ranges::find(items, id, &ItemReview::id);
    return found == items.end() ? nullptr : &*found;
}

ItemReview *Review::item(const QString &id)
{
    return const_cast<ItemReview *>(std::as_const(*this).item(id));
}

void alignWith(Review &review, const Checklist &checklist)
{
    QHash<QString, ItemReview *> blocks;
    for (ItemReview &block : review.items)
        blocks.insert(block.id, &block);

    std::vector<ItemReview> aligned;
    aligned.reserve(review.items.size());
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items) {
            ItemReview *block = blocks.take(item.id);
            aligned.push_back(block ? std::move(*block) : ItemReview());
            aligned.back().id = item.id;
            aligned.back().title = headline(item.title);
        }
    }
    for (ItemReview &block : review.items) {
        if (blocks.contains(block.id))
            aligned.push_back(std::move(block));
    }
    review.items = std::move(aligned);
}

bool isDisagreement(const ItemResult &result, const ItemReview &review)
{
    if (result.machine && contradicts(result.verdict, review))
        return true;
    const TeamAnswer team = review.team.answer;
    switch (review.reviewer.answer) {
    case ReviewAnswer::Reject:
        return team == TeamAnswer::Pass || team == TeamAnswer::NotApplicable;
    case ReviewAnswer::Accept:
        return team == TeamAnswer::Fail || team == TeamAnswer::NotYet;
    default:
        return false;
    }
}

} // namespace tenken
