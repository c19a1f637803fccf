// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/gitlabjobs.h>

#include <QRegularExpression>

namespace tenken {

namespace {

Expr unknown() { return {Expr::Op::Unknown, {}, {}, {}}; }

Expr variable(const char *name)
{
    return {Expr::Op::Name, {}, QString::fromLatin1(name), {}};
}

Expr withState(const Expr &condition, const QString &when)
{
    if (when == u"always")
        return condition;
    return Expr::join(Expr::Op::And, condition, Expr::call(when == u"on_failure" ? QStringLiteral("failure") : QStringLiteral("success")));
}

PipelineRule ruleOf(const Expr &condition, const QString &when, Yaml allow, bool manualMayFail)
{
    PipelineRule rule;
    rule.isPart = condition;
    rule.condition = withState(condition, when);
    rule.part = when != u"never";
    rule.manual = when == u"manual";
    if (allow.isMap()) // exit_codes: some failures are allowed
        rule.allowFailure = unknown();
    else
        rule.allowFailure = Expr::literal(allow.boolean().value_or(rule.manual && manualMayFail));
    return rule;
}

/// Entries of `rules`, with `!reference` and nested lists opened.
std::vector<Yaml> entriesOf(const GitlabFiles &files, Yaml rules, bool &known, int depth = 0)
{
    std::vector<Yaml> entries;
    if (depth > 10)
        known = false;
    for (const Yaml item : depth > 10 ? std::vector<Yaml>{} : rules.items()) {
        Yaml nested = item.isSequence() ? item : Yaml();
        if (item.tag() == "!reference") {
            nested = files.job(item.at(0).string()).node[item.at(1).string().toStdString()];
            known = known && nested.exists();
        }
        if (nested.isMap() || (item.isMap() && item.tag() != "!reference"))
            entries.push_back(nested.isMap() ? nested : item);
        for (const Yaml entry : entriesOf(files, nested, known, depth + 1))
            entries.push_back(entry);
    }
    return entries;
}

/// One word of `only` or `except`: branches, tags, merge_requests, a name, a /pattern/.
Expr refCondition(const QString &ref)
{
    if (ref == u"branches" || ref == u"pushes")
        return variable("$CI_COMMIT_BRANCH");
    if (ref == u"tags")
        return variable("$CI_COMMIT_TAG");
    if (ref == u"merge_requests")
        return parseGitlabExpression(QStringLiteral("$CI_PIPELINE_SOURCE == \"merge_request_event\""));
    if (ref == u"schedules" || ref == u"web" || ref == u"api" || ref == u"triggers" || ref == u"pipelines")
        return parseGitlabExpression(QStringLiteral("$CI_PIPELINE_SOURCE == \"%1\"").arg(ref == u"schedules" ? QStringLiteral("schedule") : ref));
    if (ref.startsWith(u'/'))
        return parseGitlabExpression(QStringLiteral("$CI_COMMIT_REF_NAME =~ ") + ref);
    return parseGitlabExpression(QStringLiteral("$CI_COMMIT_REF_NAME == \"%1\"").arg(ref));
}

Expr anyRef(Yaml refs)
{
    Expr any = Expr::literal(false);
    for (const QString &ref : refs.strings())
        any = Expr::join(Expr::Op::Or, std::move(any), refCondition(ref));
    return any;
}

Expr onlyCondition(Yaml only)
{
    if (!only.exists())
        return Expr::join(Expr::Op::Or, variable("$CI_COMMIT_BRANCH"), variable("$CI_COMMIT_TAG"));
    if (!only.isMap())
        return anyRef(only);
    Expr all = only["refs"] ? anyRef(only["refs"]) : Expr::literal(true);
    if (only["variables"] || only["changes"] || only["kubernetes"])
        all = Expr::join(Expr::Op::And, std::move(all), unknown());
    return all;
}

Expr exceptCondition(Yaml except)
{
    if (!except.exists())
        return Expr::literal(true);
    Expr any = anyRef(except.isMap() ? except["refs"] : except);
    if (except.isMap() && (except["variables"] || except["changes"]))
        any = Expr::join(Expr::Op::Or, std::move(any), unknown());
    return {Expr::Op::Not, {}, {}, {std::move(any)}};
}

/// A rule's own condition: `if`, and `changes` and `exists`, which no file can tell.
Expr conditionOf(Yaml entry)
{
    Expr condition = entry["if"].isScalar() ? parseGitlabExpression(entry["if"].string()) : Expr::literal(true);
    if (entry["changes"] || entry["exists"])
        condition = Expr::join(Expr::Op::And, std::move(condition), unknown());
    return condition;
}

/// Whether a pipeline is made at all on an occasion: `workflow: rules`.
Expr workflowCondition(const GitlabFiles &files)
{
    bool known = true;
    const Yaml rules = files.root(QStringLiteral("workflow")).node["rules"];
    Expr made = Expr::literal(!rules.isSequence());
    const std::vector<Yaml> entries = entriesOf(files, rules, known);
    for (auto it = entries.rbegin(); it != entries.rend(); ++it) { // the first that holds decides
        const Expr condition = conditionOf(*it);
        const bool never = (*it)["when"].text() == "never";
        made = never ? Expr::join(Expr::Op::And, Expr{Expr::Op::Not, {}, {}, {condition}}, std::move(made))
                     : Expr::join(Expr::Op::Or, condition, std::move(made));
    }
    return known ? made : unknown();
}

} // namespace

std::vector<PipelineRule> gitlabRules(const GitlabFiles &files, const GitlabJob &job)
{
    const Yaml allow = job.value(QStringLiteral("allow_failure")).node;
    const QString when = job.value(QStringLiteral("when")).node.stringOr(QStringLiteral("on_success"));
    const GitlabValue given = job.value(QStringLiteral("rules"));
    if (!given) {
        Expr condition = Expr::join(Expr::Op::And, onlyCondition(job.value(QStringLiteral("only")).node),
                                    exceptCondition(job.value(QStringLiteral("except")).node));
        return {ruleOf(condition, when, allow, true)};
    }
    std::vector<PipelineRule> rules;
    bool known = true;
    for (const Yaml entry : entriesOf(files, given.node, known)) {
        const Yaml own = entry["allow_failure"];
        rules.push_back(ruleOf(conditionOf(entry), entry["when"].stringOr(when), own ? own : allow, false));
    }
    if (!known)
        rules.insert(rules.begin(), ruleOf(unknown(), QStringLiteral("on_success"), allow, false));
    return rules;
}

std::vector<Occasion> gitlabOccasions(const GitlabFiles &files)
{
    QString text;
    for (const YamlFile *file : files.files)
        text += QString::fromUtf8(file->text().left(200'000));
    const bool master = text.contains(u"master") && !text.contains(QRegularExpression(QStringLiteral("\\bmain\\b")));
    const QString main = master ? QStringLiteral("master") : QStringLiteral("main");
    const auto occasion = [&](const QString &name, const QString &source, const QString &branch, const ExprValue &tag) {
        Occasion o{sameText(name), {}};
        const auto set = [&](const char *key, const ExprValue &value) { o.values.insert(QString::fromLatin1(key), value); };
        set("$CI_PIPELINE_SOURCE", ExprValue::of(source));
        set("$CI_DEFAULT_BRANCH", ExprValue::of(main));
        set("$CI_COMMIT_BRANCH", branch.isEmpty() || source == u"merge_request_event" ? ExprValue::null() : ExprValue::of(branch));
        set("$CI_COMMIT_TAG", tag);
        set("$CI_COMMIT_REF_NAME", branch.isEmpty() ? tag : ExprValue::of(branch));
        set("$CI_MERGE_REQUEST_IID", source == u"merge_request_event" ? ExprValue::of(QStringLiteral("1")) : ExprValue::null());
        set("$CI_MERGE_REQUEST_ID", source == u"merge_request_event" ? ExprValue::of(QStringLiteral("1")) : ExprValue::null());
        set("$CI_OPEN_MERGE_REQUESTS", ExprValue());
        return o;
    };
    const QString push = QStringLiteral("push");
    std::vector<Occasion> all{
        occasion(QStringLiteral("push (%1)").arg(main), push, main, ExprValue::null()),
        occasion(QStringLiteral("push (another-branch)"), push, QStringLiteral("another-branch"), ExprValue::null()),
        occasion(QStringLiteral("push (tag)"), push, {}, ExprValue::prefix({})),
        occasion(QStringLiteral("merge request"), QStringLiteral("merge_request_event"), QStringLiteral("another-branch"), ExprValue::null()),
        occasion(QStringLiteral("schedule"), QStringLiteral("schedule"), main, ExprValue::null())};
    all[2].values.insert(QStringLiteral("$CI_COMMIT_TAG"), ExprValue::prefix(QStringLiteral("v")));
    all[2].values.insert(QStringLiteral("$CI_COMMIT_REF_NAME"), ExprValue::prefix(QStringLiteral("v")));
    const Expr made = workflowCondition(files);
    std::erase_if(all, [&](const Occasion &o) {
        ExprContext context;
        context.name = [&](const QString &name) { return o.values.value(name); };
        return holds(made, context) == Tri::No;
    });
    return all;
}

} // namespace tenken
