// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/circlesteps.h>

#include <QRegularExpression>

namespace tenken {

namespace {

constexpr int deepestCommand = 8;

QString withParameters(const QString &text, const CircleParameters &parameters)
{
    if (!text.contains(u"<<"))
        return text;
    static const QRegularExpression form(QStringLiteral("<<\\s*parameters\\.([A-Za-z0-9_\\-]+)\\s*>>"));
    QString out;
    qsizetype at = 0;
    for (auto it = form.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const auto known = parameters.constFind(match.captured(1));
        out += text.sliced(at, match.capturedStart() - at);
        out += known == parameters.cend() ? QStringLiteral("${%1}").arg(match.captured(1)) : *known;
        at = match.capturedEnd();
    }
    return out + text.sliced(at);
}

Expr stepCondition(const QString &when)
{
    return Expr::call(when == u"always" ? QStringLiteral("always") : when == u"on_fail" ? QStringLiteral("failure") : QStringLiteral("success"));
}

/// Conditions are of names that nobody knows beforehand, but for literals.
Expr logic(const QString &text)
{
    const QString word = text.trimmed();
    if (word == u"true" || word == u"false")
        return Expr::literal(word == u"true");
    return {Expr::Op::Unknown, {}, {}, {}};
}

} // namespace

CircleParameters circleParameters(Yaml declared, Yaml given, const CircleParameters &outer)
{
    CircleParameters parameters;
    for (const auto &[key, value] : declared.entries()) {
        if (value["default"].isScalar())
            parameters.insert(key.string(), value["default"].string());
    }
    for (const auto &[key, value] : given.entries()) {
        if (value.isScalar())
            parameters.insert(key.string(), withParameters(value.string(), outer));
    }
    return parameters;
}

CircleSteps::CircleSteps(const YamlFile &file, const PipelineSources &sources)
    : m_file(file)
    , m_sources(sources)
    , m_root(file.documents().empty() ? Yaml() : file.documents().front())
{
}

void CircleSteps::enter(Yaml job)
{
    m_shell = job["shell"].string();
    m_folder = job["working_directory"].string();
}

QString CircleSteps::orbName(const QString &uses) const
{
    const QString alias = uses.section(u'/', 0, 0);
    const Yaml orb = m_root["orbs"][alias.toStdString()];
    if (!orb.isScalar()) // an inline orb, or none
        return uses;
    const QString source = orb.string().section(u'@', 0, 0);
    return source.section(u'/', -1) + u'/' + uses.section(u'/', 1);
}

PipelineStep CircleSteps::use(Yaml name, Yaml inputs, const CircleParameters &parameters) const
{
    PipelineStep step;
    step.file = m_file.name();
    step.span = name.span();
    const QString alias = name.string().section(u'/', 0, 0);
    const QString owner = m_root["orbs"][alias.toStdString()].string().section(u'/', 0, 0);
    const bool wellKnown = owner == u"circleci" || owner == u"snyk";
    step.uses = wellKnown ? orbName(name.string()) : name.string() + QStringLiteral("@") + owner;
    if (!wellKnown) {
        step.opaque.append(name.string());
        step.uses.clear();
    }
    for (const auto &[key, value] : inputs.entries()) {
        if (value.isScalar())
            step.inputs.insert(key.string(), {withParameters(value.string(), parameters), value.entrySpan()});
    }
    if (step.uses == u"slack/notify") {
        const QString event = inputs["event"].stringOr(QStringLiteral("always"));
        step.condition = stepCondition(event == u"fail" ? QStringLiteral("on_fail") : event == u"pass" ? QString() : event);
        step.conditionText = QStringLiteral("event: ") + event;
        step.conditionSpan = inputs["event"].entrySpan();
    }
    return step;
}

void CircleSteps::add(Yaml steps, std::vector<PipelineStep> &all, const CircleParameters &parameters, int depth)
{
    for (const Yaml item : steps.items()) {
        if (all.size() > 2000 || depth > deepestCommand)
            return;
        if (item.isScalar()) {
            addStep(item, {}, all, parameters, depth);
            continue;
        }
        for (const auto &[name, body] : item.entries())
            addStep(name, body, all, parameters, depth);
    }
}

void CircleSteps::addStep(Yaml name, Yaml body, std::vector<PipelineStep> &all, const CircleParameters &parameters, int depth)
{
    const QString word = name.string();
    if (word == u"run")
        return addRun(body, all, parameters);
    if (word == u"when" || word == u"unless")
        return addConditional(word, body, all, parameters, depth);
    if (const Yaml command = m_root["commands"][word.toStdString()]; command.isMap())
        return add(command["steps"], all, circleParameters(command["parameters"], body, parameters), depth + 1);
    static const QStringList builtIn{
        QStringLiteral("checkout"), QStringLiteral("setup_remote_docker"), QStringLiteral("save_cache"),
        QStringLiteral("restore_cache"), QStringLiteral("store_artifacts"), QStringLiteral("store_test_results"),
        QStringLiteral("persist_to_workspace"), QStringLiteral("attach_workspace"), QStringLiteral("add_ssh_keys"),
        QStringLiteral("deploy")};
    if (builtIn.contains(word))
        return;
    if (!word.contains(u'/')) {
        m_sources.report(m_file.name(), name, Text{"コマンド「%1」がありません", "there is no command “%1”"}.arg(word),
                         {"`commands:` の名前を確かめてください", "check the names in `commands:`"});
    }
    PipelineStep step = use(name, body, parameters);
    if (!word.contains(u'/'))
        step.opaque = {word};
    all.push_back(std::move(step));
}

void CircleSteps::addConditional(const QString &word, Yaml body, std::vector<PipelineStep> &all, const CircleParameters &parameters, int depth)
{
    Expr condition = logic(withParameters(body["condition"].string(), parameters));
    if (word == u"unless")
        condition = {Expr::Op::Not, {}, {}, {std::move(condition)}};
    const size_t first = all.size();
    add(body["steps"], all, parameters, depth + 1);
    for (size_t i = first; i < all.size(); ++i) {
        all[i].condition = Expr::join(Expr::Op::And, condition, all[i].condition);
        all[i].conditionText += word + body["condition"].string();
        all[i].conditionSpan = body["condition"].entrySpan();
    }
}

void CircleSteps::addRun(Yaml body, std::vector<PipelineStep> &all, const CircleParameters &parameters)
{
    const Yaml command = body.isScalar() ? body : body["command"];
    if (!command.isScalar()) {
        m_sources.report(m_file.name(), body, {"`run` に `command` がありません", "`run` has no `command`"});
        return;
    }
    PipelineStep step;
    step.file = m_file.name();
    step.span = command.entrySpan();
    step.name = withParameters(body["name"].string(), parameters);
    const QString when = body["when"].string();
    step.condition = stepCondition(when);
    step.conditionText = when;
    step.conditionSpan = body["when"].entrySpan();
    if (body["background"].boolean().value_or(false))
        step.continueOnError = {Expr::Op::Unknown, {}, {}, {}};
    QMap<QString, QString> variables;
    for (const auto &[key, value] : body["environment"].entries()) {
        variables.insert(key.string(), withParameters(value.string(), parameters));
        step.env.insert(key.string(), value.string());
    }
    const QString shell = body["shell"].stringOr(m_shell);
    ShellOptions options{true, true}; // /bin/bash -eo pipefail
    if (!shell.isEmpty()) {
        options = {};
        for (const QString &word : shell.split(u' ', Qt::SkipEmptyParts)) {
            options.errexit |= word.startsWith(u'-') && !word.startsWith(u"--") && word.contains(u'e');
            options.pipefail |= word == u"pipefail";
        }
    }
    const QString folder = withParameters(body["working_directory"].stringOr(m_folder), parameters);
    const ShellSource source = shellSource(withParameters(command.string(), parameters), command, m_file);
    step.script = readScript({source}, options, variables, followIn(m_sources, folder.startsWith(u'~') ? QString() : pathBelow({}, folder)));
    step.opaque = step.script->opaque;
    all.push_back(std::move(step));
}

} // namespace tenken
