// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/monitors.h>
#include <evidence/documents.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

/// A stretch of the message that is told when the monitor alerts, perhaps only under a condition.
struct Piece {
    QString text;
    QString onlyIf;
};

struct Block {
    QString name; ///< "is_alert"
    QString condition; ///< of is_match and the like, as written
    enum class Told { Yes, No, Perhaps } told = Told::Yes;
    bool negated = false; ///< the {{else}} of Perhaps
};

const QRegularExpression &blockTag()
{
    static const QRegularExpression expression(
        uR"re(\{\{\s*(?:([#^/])\s*(\w+)\s*([^{}]*?)|(else))\s*\}\})re"_s);
    return expression;
}

// What is true at the first notification of an alert.
Block blockOf(const QString &name, const QString &arguments, bool negative)
{
    static const QStringList never = {"is_warning",          "is_no_data",          "is_recovery",
                                      "is_alert_recovery",   "is_warning_recovery", "is_no_data_recovery",
                                      "is_alert_to_warning", "is_warning_to_alert", "is_renotify",
                                      "is_unknown"};
    Block block;
    block.name = name;
    block.condition = (name + u' ' + arguments).trimmed();
    block.negated = negative;
    // is_warning_to_alert is one way to alert, yet not the one of a first notification from OK.
    if (name == u"is_alert")
        block.told = negative ? Block::Told::No : Block::Told::Yes;
    else if (never.contains(name))
        block.told = negative ? Block::Told::Yes : Block::Told::No;
    else
        block.told = Block::Told::Perhaps;
    return block;
}

void turnOver(Block &block)
{
    if (block.told == Block::Told::Perhaps)
        block.negated = !block.negated;
    else
        block.told = block.told == Block::Told::Yes ? Block::Told::No : Block::Told::Yes;
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
        if (b.told == Block::Told::Perhaps)
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

std::vector<Piece> pieces(const QString &written)
{
    const QString message = withMarkedComments(written);
    std::vector<Piece> result;
    std::vector<Block> open;
    qsizetype done = 0;
    const auto keep = [&](qsizetype until) {
        const bool told =
            std::ranges::none_of(open, [](const Block &b) { return b.told == Block::Told::No; });
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
            open.push_back(blockOf(match.captured(2), match.captured(3), match.captured(1) == u"^"));
        }
    }
    keep(message.size());
    return result;
}

Handle::Kind kindOf(const QString &text)
{
    static const std::pair<const char16_t *, Handle::Kind> prefixes[] = {
        {u"slack-", Handle::Kind::Slack},     {u"pagerduty", Handle::Kind::PagerDuty},
        {u"oncall-", Handle::Kind::OnCall},   {u"on-call-", Handle::Kind::OnCall},
        {u"webhook-", Handle::Kind::Webhook},
    };
    for (const auto &[prefix, kind] : prefixes) {
        if (text.startsWith(QStringView(prefix), Qt::CaseInsensitive))
            return kind;
    }
    return text.contains(u'@') ? Handle::Kind::Email : Handle::Kind::Other;
}

// Handles in code are examples: `@slack-yourteam-alerts`.
QString withoutCode(QString text)
{
    static const QRegularExpression code(u"```[\\s\\S]*?(?:```|$)|`[^`\\n]*`"_s);
    return text.replace(code, u" "_s);
}

void addHandles(const Piece &piece, std::vector<Handle> &handles)
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
        Handle handle{u'@' + name, kindOf(name), piece.onlyIf};
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

QString messageOnAlert(const QString &message)
{
    QString result, condition;
    for (const Piece &piece : pieces(message)) {
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
    for (const Piece &piece : pieces(message))
        addHandles(piece, handles);
    return handles;
}

std::vector<Handle> handlesAnywhere(const QString &message)
{
    std::vector<Handle> handles;
    addHandles({withoutComments(message).replace(blockTag(), u" "_s), {}}, handles);
    return handles;
}

std::vector<Handle> handlesOf(const NotificationRule &rule)
{
    std::vector<Handle> handles;
    for (const QString &receiver : rule.onAlert) {
        const QString name = receiver.startsWith(u'@') ? receiver.sliced(1) : receiver;
        handles.push_back({u'@' + name, kindOf(name), {}});
    }
    return handles;
}

bool appliesTo(const NotificationRule &rule, const Monitor &monitor)
{
    return rule.understood
        && std::ranges::all_of(rule.tags, [&](const QString &t) { return monitor.tags.contains(t); });
}

std::vector<QString> linksOf(const Monitor &monitor)
{
    std::vector<QString> links(monitor.runbookAssets.begin(), monitor.runbookAssets.end());
    QString told;
    for (const Piece &piece : pieces(monitor.message)) {
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
