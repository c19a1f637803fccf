// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitormessage.h>
#include <evidence/documents.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

enum class Told { Yes, No, Perhaps };

struct Block {
    QString name; ///< "is_alert"
    QString condition; ///< of is_match and the like, as written
    Told told = Told::Yes;
    bool negated = false; ///< the {{else}} of Perhaps
};

const QRegularExpression &blockTag()
{
    static const QRegularExpression expression(
        uR"re(\{\{\s*(?:([#^/])\s*(\w+)\s*([^{}]*?)|(else))\s*\}\})re"_s);
    return expression;
}

// What is true at the first notification of a state. is_warning_to_alert is one way to alert, yet not the one
// of a first notification from OK; which state a recovery comes from is not known beforehand.
Told toldIn(const QString &name, MonitorState state)
{
    static const QHash<QString, MonitorState> own = {{u"is_alert"_s, MonitorState::Alert},
                                                     {u"is_warning"_s, MonitorState::Warning},
                                                     {u"is_no_data"_s, MonitorState::NoData},
                                                     {u"is_recovery"_s, MonitorState::Recovery}};
    static const QStringList recoveries = {"is_alert_recovery", "is_warning_recovery", "is_no_data_recovery"};
    static const QStringList never = {"is_alert_to_warning", "is_warning_to_alert", "is_renotify", "is_unknown"};
    if (const auto it = own.constFind(name); it != own.constEnd())
        return *it == state ? Told::Yes : Told::No;
    if (recoveries.contains(name))
        return state == MonitorState::Recovery ? Told::Perhaps : Told::No;
    return never.contains(name) ? Told::No : Told::Perhaps;
}

// is_priority 'P1' "P2": the monitor's own is known.
Told toldForPriority(const QString &arguments, int priority)
{
    static const QRegularExpression number(u"[pP]([1-5])"_s);
    for (auto it = number.globalMatch(arguments); it.hasNext();) {
        if (it.next().captured(1).toInt() == priority)
            return Told::Yes;
    }
    return Told::No;
}

/// What a message is read for.
struct Reader {
    MonitorState state = MonitorState::Alert;
    int priority = 0; ///< 0: not known
};

Block blockOf(const QString &name, const QString &arguments, bool negative, const Reader &reader)
{
    Block block;
    block.name = name;
    block.condition = (name + u' ' + arguments).trimmed();
    block.negated = negative;
    block.told = name == u"is_priority" && reader.priority > 0 ? toldForPriority(arguments, reader.priority)
                                                               : toldIn(name, reader.state);
    if (negative && block.told != Told::Perhaps)
        block.told = block.told == Told::Yes ? Told::No : Told::Yes;
    return block;
}

void turnOver(Block &block)
{
    if (block.told == Told::Perhaps)
        block.negated = !block.negated;
    else
        block.told = block.told == Told::Yes ? Told::No : Told::Yes;
}

void close(std::vector<Block> &open, const QString &name)
{
    const auto it = std::find_if(open.rbegin(), open.rend(), [&](const Block &b) { return b.name == name; });
    if (it != open.rend())
        open.erase(std::prev(it.base()), open.end());
}

QString conditionOf(const std::vector<Block> &open)
{
    QStringList conditions;
    for (const Block &b : open) {
        if (b.told == Told::Perhaps)
            conditions << (b.negated ? u"not "_s : QString()) + b.condition;
    }
    return conditions.join(u" & "_s);
}

/// Text in an HTML comment is part of the message, yet nobody sees it: whether it notifies is doubtful.
const QString htmlComment = u"html_comment"_s;

/// Comments of the template are never sent.
QString withoutComments(QString message)
{
    static const QRegularExpression comment(u"\\{\\{!--[\\s\\S]*?--\\}\\}|\\{\\{![^}]*\\}\\}"_s);
    return message.replace(comment, u" "_s);
}

QString withMarkedComments(const QString &message)
{
    static const QRegularExpression comment(u"<!--([\\s\\S]*?)(?:-->|$)"_s);
    return withoutComments(message).replace(comment, u" {{#%1}} \\1 {{/%1}} "_s.arg(htmlComment));
}

std::vector<MessagePiece> pieces(const QString &written, const Reader &given = {})
{
    const QString message = withMarkedComments(written);
    Reader reader = given;
    if (message.contains(u"override_priority"))
        reader.priority = 0; // which one it is then, the alert's group decides
    std::vector<MessagePiece> result;
    std::vector<Block> open;
    qsizetype done = 0;
    const auto keep = [&](qsizetype until) {
        const bool told =
            std::ranges::none_of(open, [](const Block &b) { return b.told == Told::No; });
        if (told && until > done)
            result.push_back({message.sliced(done, until - done), conditionOf(open)});
    };
    for (auto it = blockTag().globalMatch(message); it.hasNext();) {
        const auto match = it.next();
        keep(match.capturedStart());
        done = match.capturedEnd();
        if (!match.captured(4).isEmpty()) {
            if (!open.empty())
                turnOver(open.back());
        } else if (match.captured(1) == u"/") {
            close(open, match.captured(2));
        } else {
            open.push_back(blockOf(match.captured(2), match.captured(3), match.captured(1) == u"^", reader));
        }
    }
    keep(message.size());
    return result;
}

// Handles in code are examples: `@slack-yourteam-alerts`.
QString withoutCode(QString text)
{
    static const QRegularExpression code(u"```[\\s\\S]*?(?:```|$)|`[^`\\n]*`"_s);
    return text.replace(code, u" "_s);
}

void addHandles(const MessagePiece &piece, std::vector<Handle> &handles)
{
    // A letter before the @ makes it an address or a mention ("<@U123>"), not a receiver.
    static const QRegularExpression expression(uR"re((?<!\S)@((?:[\w.+\-@]|\{\{[^{}]*\}\})+))re"_s,
                                               QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression tail(u"[.@+\\-]+$"_s);
    const QString text = withoutCode(piece.text);
    for (auto it = expression.globalMatch(text); it.hasNext();) {
        QString name = it.next().captured(1);
        name.remove(tail); // a full stop ends the sentence, no channel ends in one
        if (name.isEmpty())
            continue;
        Handle handle{u'@' + name, handleKind(name), piece.onlyIf};
        if (name.contains(u"{{") && handle.onlyIf.isEmpty())
            handle.onlyIf = name.sliced(name.indexOf(u"{{"));
        const auto known =
            std::ranges::find_if(handles, [&](const Handle &h) { return h.text == handle.text; });
        if (known == handles.end())
            handles.push_back(handle);
        else if (handle.onlyIf.isEmpty())
            known->onlyIf.clear();
    }
}

} // namespace

namespace
{

bool startsWithAny(QStringView text, std::initializer_list<QStringView> prefixes)
{
    return std::ranges::any_of(prefixes,
                               [&](QStringView p) { return text.startsWith(p, Qt::CaseInsensitive); });
}

QStringView withoutAt(const QString &text)
{
    return text.startsWith(u'@') ? QStringView(text).sliced(1) : QStringView(text);
}

} // namespace

bool Handle::reachesPeople() const
{
    // A user without an address, by the id that Datadog gives.
    static const QRegularExpression user(u"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    if (kind == Kind::Webhook)
        return false;
    const QStringView name = withoutAt(text);
    return kind != Kind::Other || startsWithAny(name, {u"teams-", u"opsgenie"}) || name == u"all"
        || name == u"slack" || user.matchView(name).hasMatch();
}

bool Handle::goesOn() const
{
    return kind == Kind::Webhook || startsWithAny(withoutAt(text), {u"workflow-", u"team-", u"sns-", u"eventbridge-"});
}

Handle::Kind handleKind(const QString &text)
{
    static const std::pair<QStringView, Handle::Kind> prefixes[] = {
        {u"slack-", Handle::Kind::Slack},     {u"pagerduty", Handle::Kind::PagerDuty},
        {u"oncall-", Handle::Kind::OnCall},   {u"on-call-", Handle::Kind::OnCall},
        {u"webhook-", Handle::Kind::Webhook},
    };
    const QStringView name = withoutAt(text);
    for (const auto &[prefix, kind] : prefixes) {
        if (name.startsWith(prefix, Qt::CaseInsensitive))
            return kind;
    }
    return name.contains(u'@') ? Handle::Kind::Email : Handle::Kind::Other;
}

QString messageOnAlert(const QString &message)
{
    QString result, condition;
    for (const MessagePiece &piece : pieces(message)) {
        if (piece.onlyIf.contains(htmlComment))
            continue;
        // What is told only under a condition keeps it, in the words of the message.
        if (piece.onlyIf != condition && !piece.onlyIf.isEmpty())
            result += u"[%1] "_s.arg(piece.onlyIf);
        condition = piece.onlyIf;
        result += piece.text;
    }
    static const QRegularExpression emptyLines(u"\\n[ \\t]*(?:\\n[ \\t]*){2,}"_s);
    return result.replace(emptyLines, u"\n\n"_s).trimmed();
}

std::vector<Handle> handlesOnAlert(const QString &message)
{
    std::vector<Handle> handles;
    for (const MessagePiece &piece : pieces(message))
        addHandles(piece, handles);
    return handles;
}

std::vector<Handle> handlesAnywhere(const QString &message)
{
    std::vector<Handle> handles;
    addHandles({withoutComments(message).replace(blockTag(), u" "_s), {}}, handles);
    return handles;
}

std::vector<MessagePiece> messageIn(const Monitor &monitor, MonitorState state)
{
    const bool told = state == MonitorState::Alert || state == MonitorState::Recovery;
    if (monitor.source == Monitor::Source::Prometheus)
        return told && !monitor.message.isEmpty() ? std::vector{MessagePiece{monitor.message, {}}}
                                                  : std::vector<MessagePiece>{};
    std::vector<MessagePiece> result = pieces(monitor.message, {state, monitor.priority});
    std::erase_if(result, [](const MessagePiece &p) {
        return p.onlyIf.contains(htmlComment) || p.text.trimmed().isEmpty();
    });
    return result;
}

std::vector<Handle> handlesIn(const Monitor &monitor, MonitorState state)
{
    std::vector<Handle> handles;
    if (monitor.source == Monitor::Source::Datadog) {
        for (const MessagePiece &piece : pieces(monitor.message, {state, monitor.priority}))
            addHandles(piece, handles);
    }
    return handles;
}

std::vector<QString> linksOf(const Monitor &monitor)
{
    std::vector<QString> links(monitor.runbookAssets.begin(), monitor.runbookAssets.end());
    QString told;
    for (const MessagePiece &piece : pieces(monitor.message, {MonitorState::Alert, monitor.priority})) {
        if (!piece.onlyIf.contains(htmlComment))
            told += piece.text;
    }
    for (const Link &link : readMarkdown({}, told.toUtf8()).links) {
        if (std::ranges::find(links, link.url) == links.end())
            links.push_back(link.url);
    }
    return links;
}

} // namespace tenken
