// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/assertion.h>

#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>

namespace tenken {

std::optional<Validity> Validity::fromString(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("\\A([1-9][0-9]{0,3})(d|mo)\\z"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return {};
    const int count = match.captured(1).toInt();
    const bool inMonths = match.captured(2) == u"mo";
    if (count > (inMonths ? 120 : 3'650))
        return {};
    return inMonths ? Validity{0, count} : Validity{count, 0};
}

QString Validity::toString() const
{
    return months > 0 ? QStringLiteral("%1mo").arg(months) : QStringLiteral("%1d").arg(days);
}

Text Validity::words() const
{
    if (months > 0)
        return Text{"%1 か月", months == 1 ? "%1 month" : "%1 months"}.arg(months);
    return Text{"%1 日", days == 1 ? "%1 day" : "%1 days"}.arg(days);
}

QDate Validity::lastDay(const QDate &given) const
{
    return given.isValid() ? given.addMonths(months).addDays(days) : QDate();
}

namespace {

void add(QCryptographicHash &hash, const QString &text)
{
    hash.addData(text.simplified().toUtf8());
    hash.addData(QByteArrayView("\0", 1));
}

void add(QCryptographicHash &hash, const RuleUse &use)
{
    add(hash, use.rule);
    for (const auto &[name, value] : use.parameters.asKeyValueRange())
        add(hash, name + u'=' + QString::number(value, 'g', 17));
    for (const auto &[name, words] : use.lists.asKeyValueRange())
        add(hash, name + u'=' + words.join(u'\n'));
    if (!use.assertion)
        return;
    const Assertion &own = *use.assertion;
    add(hash, own.text + u' ' + own.select.toString());
    // Only what is not the default: what was answered before this counted stays answered.
    if (const QString within = own.select.within(); !within.isEmpty())
        add(hash, within);
    if (own.select.absent != Verdict::Unknown)
        add(hash, QStringLiteral("absent=") + toString(own.select.absent));
    if (own.otherwise != Verdict::Fail)
        add(hash, QStringLiteral("verdict=") + toString(own.otherwise));
}

} // namespace

QString questionDigest(const Item &item)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const Text &text : {item.question, item.guidance}) {
        add(hash, text.ja);
        add(hash, text.en);
    }
    for (const RuleUse &use : item.rules)
        add(hash, use);
    return QString::fromLatin1(hash.result().toHex().left(16));
}

std::optional<int> Checklist::stageIndex(const QString &id) const
{
    const auto found = std::ranges::find(stages, id, &Stage::id);
    return found == stages.end() ? std::nullopt : std::optional(int(found - stages.begin()));
}

int Checklist::stageOf(const Item &item) const
{
    return stageIndex(item.from).value_or(0);
}

} // namespace tenken
