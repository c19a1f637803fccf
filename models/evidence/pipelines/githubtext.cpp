// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/githubtext.h>

#include <QRegularExpression>

namespace tenken {

namespace {

constexpr qsizetype longest = 100'000;

/// A value as it would stand in an expression.
QString asOperand(const QString &value)
{
    const QString trimmed = value.trimmed();
    if (trimmed.startsWith(u"${{") && trimmed.endsWith(u"}}") && trimmed.indexOf(u"}}") == trimmed.size() - 2)
        return u'(' + trimmed.sliced(3).chopped(2) + u')';
    if (trimmed == u"true" || trimmed == u"false")
        return trimmed;
    if (trimmed.contains(u"${{"))
        return QStringLiteral("unknown.value");
    return u'\'' + QString(value).replace(u'\'', QStringLiteral("''")) + u'\'';
}

QString expressionWithValues(const QString &expression, const GithubValues &values)
{
    static const QRegularExpression names(
        QStringLiteral("'(?:[^']|'')*'|(?<![\\w.])((?:inputs|matrix|env)\\.[A-Za-z0-9_\\-]+)(?![\\w.\\-\\[])"));
    QString out;
    qsizetype at = 0;
    for (auto it = names.globalMatch(expression); it.hasNext();) {
        const auto match = it.next();
        const auto known = match.captured(1).isEmpty() ? values.cend() : values.constFind(match.captured(1));
        out += expression.sliced(at, match.capturedStart() - at);
        out += known == values.cend() ? match.captured() : asOperand(*known);
        at = match.capturedEnd();
    }
    return (out + expression.sliced(at)).left(longest);
}

} // namespace

QString withValues(const QString &text, const GithubValues &values)
{
    if (!text.contains(u"${{"))
        return text;
    QString out;
    qsizetype at = 0;
    while (out.size() < longest) {
        const qsizetype begin = text.indexOf(u"${{", at);
        const qsizetype end = begin < 0 ? -1 : text.indexOf(u"}}", begin);
        if (end < 0)
            break;
        out += text.sliced(at, begin - at);
        const QString inner = text.sliced(begin + 3, end - begin - 3);
        const auto known = values.constFind(inner.trimmed());
        if (known != values.cend())
            out += *known;
        else
            out += QStringLiteral("${{") + expressionWithValues(inner, values) + QStringLiteral("}}");
        at = end + 2;
    }
    return out + text.sliced(at);
}

Expr githubCondition(const QString &text, const GithubValues &values)
{
    QString inner = text.trimmed();
    if (inner.startsWith(u"${{") && inner.endsWith(u"}}"))
        inner = inner.sliced(3).chopped(2);
    if (inner.contains(u"${{")) // text around an expression makes a text, which is always true: not what was meant
        return {Expr::Op::Unknown, {}, {}, {}};
    return parseGithubExpression(expressionWithValues(inner, values));
}

Expr githubIf(Yaml node, const GithubValues &values)
{
    static const QStringList states{QStringLiteral("success"), QStringLiteral("failure"), QStringLiteral("always"),
                                    QStringLiteral("cancelled")};
    const Expr success = Expr::call(QStringLiteral("success"));
    if (!node.isScalar())
        return node.exists() && !node.isNull() ? Expr{Expr::Op::Unknown, {}, {}, {}} : success;
    Expr written = githubCondition(node.string(), values);
    if (written.calls(states) || written.op == Expr::Op::Unknown)
        return written;
    return Expr::join(Expr::Op::And, success, std::move(written));
}

Yaml githubTriggers(Yaml root)
{
    return root["on"] ? root["on"] : root["true"];
}

bool hasTrigger(Yaml root, const QString &event)
{
    const Yaml on = githubTriggers(root);
    return on.isMap() ? on[event.toStdString()].exists() || on.keys().contains(event) : on.strings().contains(event);
}

namespace {

using Values = QMap<QString, ExprValue>;

void setEvent(Values &values, const QString &event)
{
    values.insert(QStringLiteral("github.event_name"), ExprValue::of(event));
    if (event != u"pull_request" && event != u"pull_request_target") {
        for (const char *name : {"github.event.pull_request", "github.base_ref", "github.head_ref"})
            values.insert(QString::fromLatin1(name), ExprValue::null());
    }
    if (event != u"release")
        values.insert(QStringLiteral("github.event.release"), ExprValue::null());
}

Occasion onBranch(const QString &event, const QString &branch)
{
    Occasion o{sameText(event + QStringLiteral(" (") + branch + u')'), {}};
    setEvent(o.values, event);
    o.values.insert(QStringLiteral("github.ref"), ExprValue::of(QStringLiteral("refs/heads/") + branch));
    o.values.insert(QStringLiteral("github.ref_name"), ExprValue::of(branch));
    o.values.insert(QStringLiteral("github.ref_type"), ExprValue::of(QStringLiteral("branch")));
    return o;
}

Occasion onTag(const QString &event, const QString &pattern)
{
    static const QRegularExpression special(QStringLiteral("[*?\\[+!]"));
    const qsizetype open = pattern.indexOf(special);
    const QString known = open < 0 ? pattern : pattern.left(open);
    const auto value = [&](const QString &text) { return open < 0 ? ExprValue::of(text) : ExprValue::prefix(text); };
    Occasion o{sameText(event + QStringLiteral(" (") + (pattern == u"*" ? QStringLiteral("tag") : pattern) + u')'), {}};
    setEvent(o.values, event);
    o.values.insert(QStringLiteral("github.ref"), value(QStringLiteral("refs/tags/") + known));
    o.values.insert(QStringLiteral("github.ref_name"), value(known));
    o.values.insert(QStringLiteral("github.ref_type"), ExprValue::of(QStringLiteral("tag")));
    return o;
}

/// Branches that the conditions of a file tell apart.
QStringList mentionedBranches(const YamlFile &file)
{
    static const QRegularExpression form(
        QStringLiteral("refs/heads/([A-Za-z0-9._/\\-]{1,80})|ref_name\\s*[=!]=\\s*'([A-Za-z0-9._/\\-]{1,80})'"));
    QStringList branches;
    for (auto it = form.globalMatch(QString::fromUtf8(file.text().left(1'000'000))); it.hasNext() && branches.size() < 6;) {
        const auto match = it.next();
        const QString name = match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
        if (!branches.contains(name))
            branches.append(name);
    }
    return branches;
}

void addPush(const YamlFile &file, Yaml push, std::vector<Occasion> &occasions)
{
    const QString event = QStringLiteral("push");
    const bool onlyTags = push["tags"].exists() && !push["branches"].exists() && !push["branches-ignore"].exists();
    const bool onlyBranches = !push["tags"].exists() && !push["tags-ignore"].exists()
        && (push["branches"].exists() || push["branches-ignore"].exists());
    QStringList branches;
    for (const QString &pattern : push["branches"].strings()) {
        QString name = pattern; // one that the pattern matches
        name.replace(QStringLiteral("**"), QStringLiteral("x")).replace(u'*', u'x');
        if (!pattern.startsWith(u'!') && branches.size() < 6)
            branches.append(name);
    }
    if (!push["branches"].exists() && !onlyTags) {
        branches = mentionedBranches(file);
        const QStringList ignored = push["branches-ignore"].strings();
        branches.removeIf([&](const QString &b) { return ignored.contains(b); });
        if (!ignored.contains(QStringLiteral("main")) && !branches.contains(QStringLiteral("main")) && branches.isEmpty())
            branches.prepend(QStringLiteral("main"));
        branches.append(QStringLiteral("another-branch"));
    }
    for (const QString &branch : std::as_const(branches))
        occasions.push_back(onBranch(event, branch));
    if (onlyBranches)
        return;
    const QStringList tags = push["tags"].strings();
    for (const QString &tag : tags.isEmpty() ? QStringList{QStringLiteral("*")} : tags.mid(0, 4)) {
        if (!tag.startsWith(u'!'))
            occasions.push_back(onTag(event, tag));
    }
}

} // namespace

std::vector<Occasion> githubOccasions(const YamlFile &file)
{
    std::vector<Occasion> occasions;
    const Yaml root = file.documents().empty() ? Yaml() : file.documents().front();
    const Yaml on = githubTriggers(root);
    for (const QString &event : on.isMap() ? on.keys() : on.strings()) {
        if (event == u"push") {
            addPush(file, on["push"], occasions);
        } else if (event == u"release") {
            occasions.push_back(onTag(event, QStringLiteral("*")));
            occasions.back().name = sameText(event);
        } else if (event == u"schedule") {
            occasions.push_back(onBranch(event, mentionedBranches(file).value(0, QStringLiteral("main"))));
            occasions.back().name = sameText(event);
        } else if (event != u"workflow_call") {
            Occasion o{sameText(event), {}};
            setEvent(o.values, event);
            if (event.startsWith(u"pull_request"))
                o.values.insert(QStringLiteral("github.ref"), ExprValue::prefix(QStringLiteral("refs/pull/")));
            if (event == u"workflow_run")
                o.values.insert(QStringLiteral("github.event.workflow_run.conclusion"), ExprValue::of(QStringLiteral("success")));
            occasions.push_back(std::move(o));
        }
    }
    return occasions;
}

} // namespace tenken
