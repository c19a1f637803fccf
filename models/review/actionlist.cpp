// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/actionlist.h>

#include <algorithm>
#include <tuple>

namespace tenken {

namespace {

QString safe(const QString &text) { return maskSecrets(text).trimmed(); }

/// The first line, for where one line is all there is.
QString headline(const QString &text)
{
    constexpr qsizetype most = 250; // Jira's limit is 255
    const QString line = safe(text).section(u'\n', 0, 0).simplified();
    return line.size() > most ? line.left(most - 1) + u'…' : line;
}

QString iso(const QDate &day) { return day.isValid() ? day.toString(Qt::ISODate) : QString(); }

QString cell(QString text)
{
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

/// A spreadsheet would take these for formulas.
QString inert(const QString &text)
{
    static const QString starts = QStringLiteral("=+-@\t\r");
    return !text.isEmpty() && starts.contains(text.front()) ? u'\'' + text : text;
}

QString row(const QStringList &cells)
{
    QStringList quoted;
    for (const QString &text : cells)
        quoted << cell(text);
    return quoted.join(u',') + QStringLiteral("\r\n"); // RFC 4180
}

/// Everything that has no column of its own.
QString body(const ListedAction &a, const QString &service, Lang lang, bool withPeople)
{
    QStringList lines{
        safe(a.action.text),
        {},
        Text{"点検: %1 · %2 (%3)", "Readiness review: %1 · %2 (%3)"}.arg(service, a.title, a.item).in(lang)};
    if (withPeople && !a.action.owner.isEmpty())
        lines << Text{"担当: %1", "Owner: %1"}.arg(safe(a.action.owner)).in(lang);
    if (withPeople && a.action.due.isValid())
        lines << Text{"期日: %1", "Due: %1"}.arg(iso(a.action.due)).in(lang);
    if (!a.action.link.isEmpty())
        lines << safe(a.action.link);
    return lines.join(u'\n');
}

/// Shown as it is written: nothing of it is markup.
QString plain(const QString &text)
{
    QString escaped;
    for (const QChar c : safe(text).simplified()) {
        if (QStringLiteral("\\`*_[]<>|#~").contains(c))
            escaped += u'\\';
        escaped += c;
    }
    return escaped;
}

QString markdown(const std::vector<ListedAction> &actions, const QString &service, Lang lang)
{
    const Text title =
        Text{"%1 のアクション %2 件", actions.size() == 1 ? "%2 action of %1" : "%2 actions of %1"}.arg(
            plain(service), actions.size());
    QString text = QStringLiteral("# %1\n\n").arg(title.in(lang));
    if (actions.empty())
        text += Text{"残っているアクションはありません。", "No action is open."}.in(lang) + u'\n';
    for (const ListedAction &a : actions) {
        QStringList about;
        if (a.daysLate > 0)
            about << QStringLiteral("**%1**").arg(
                Text{"%1 日超過", a.daysLate == 1 ? "%1 day late" : "%1 days late"}.arg(a.daysLate).in(lang));
        if (a.action.due.isValid())
            about << iso(a.action.due);
        if (!a.action.owner.isEmpty())
            about << plain(a.action.owner);
        about << QStringLiteral("%1 (`%2`)").arg(plain(a.title.in(lang)), a.item);
        if (!a.action.link.isEmpty())
            about << plain(a.action.link);
        text += QStringLiteral("- [%1] %2 — %3\n")
                    .arg(a.action.done ? QStringLiteral("x") : QStringLiteral(" "), plain(a.action.text),
                         about.join(QStringLiteral(" · ")));
    }
    return text;
}

QString csv(const std::vector<ListedAction> &actions, const QString &service, Lang lang)
{
    QString text = row({QStringLiteral("service"), QStringLiteral("item"), QStringLiteral("title"),
                        QStringLiteral("action"), QStringLiteral("owner"), QStringLiteral("due"),
                        QStringLiteral("days late"), QStringLiteral("done"), QStringLiteral("link")});
    for (const ListedAction &a : actions)
        text += row({service, a.item, inert(a.title.in(lang)), inert(safe(a.action.text)),
                     inert(safe(a.action.owner)), iso(a.action.due),
                     a.daysLate > 0 ? QString::number(a.daysLate) : QString(),
                     a.action.done ? QStringLiteral("true") : QStringLiteral("false"),
                     inert(safe(a.action.link))});
    return text;
}

/// Jira maps columns by these names; its header must not hold punctuation, and labels must not hold spaces.
QString jira(const std::vector<ListedAction> &actions, const QString &service, Lang lang)
{
    QString text = row({QStringLiteral("Summary"), QStringLiteral("Issue Type"),
                        QStringLiteral("Description"), QStringLiteral("Assignee"), QStringLiteral("Due Date"),
                        QStringLiteral("Status"), QStringLiteral("Labels"), QStringLiteral("Labels")});
    for (const ListedAction &a : actions)
        text += row({headline(a.action.text), QStringLiteral("Task"), body(a, service, lang, false),
                     safe(a.action.owner), iso(a.action.due),
                     a.action.done ? QStringLiteral("Done") : QStringLiteral("To Do"),
                     QStringLiteral("readiness"), a.item});
    return text;
}

/// An owner's name is no account name: it stands in the body, so that the import does not fail on it.
QString github(const std::vector<ListedAction> &actions, const QString &service, Lang lang)
{
    QString text = row(
        {QStringLiteral("title"), QStringLiteral("body"), QStringLiteral("labels"), QStringLiteral("state")});
    for (const ListedAction &a : actions)
        text += row({headline(a.action.text), body(a, service, lang, true), QStringLiteral("readiness"),
                     a.action.done ? QStringLiteral("closed") : QStringLiteral("open")});
    return text;
}

} // namespace

std::vector<ListedAction> listedActions(const Review &review, const Checklist &checklist, const QDate &today,
                                        bool withDone)
{
    std::vector<ListedAction> all;
    for (const ItemReview &block : review.items) {
        const Item *item = checklist.item(block.id);
        for (const Action &action : block.actions) {
            if (action.done && !withDone)
                continue;
            const bool late = !action.done && action.due.isValid() && action.due < today;
            all.push_back({action, block.id, item ? item->title : sameText(block.id),
                           late ? action.due.daysTo(today) : 0});
        }
    }
    std::ranges::stable_sort(all, {}, [](const ListedAction &a) {
        return std::tuple(a.action.done, !a.action.due.isValid(), a.action.due);
    });
    return all;
}

std::optional<ActionFormat> actionFormatFromString(const QString &word)
{
    static const QStringList words{QStringLiteral("markdown"), QStringLiteral("csv"), QStringLiteral("jira"),
                                   QStringLiteral("github")};
    const qsizetype index = words.indexOf(word);
    return index < 0 ? std::nullopt : std::optional(ActionFormat(index));
}

QByteArray actionsAs(ActionFormat format, const std::vector<ListedAction> &actions, const QString &service,
                     Lang lang)
{
    switch (format) {
    case ActionFormat::Markdown: return markdown(actions, service, lang).toUtf8();
    case ActionFormat::Csv: return csv(actions, service, lang).toUtf8();
    case ActionFormat::Jira: return jira(actions, service, lang).toUtf8();
    case ActionFormat::GitHub: return github(actions, service, lang).toUtf8();
    }
    return {};
}

} // namespace tenken
