// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/analysistemplates.h>

#include <analysis/meshroutes.h>
#include <analysis/metricgates.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

bool mentions(const QString &text, const QString &name)
{
    const auto isPart = [](QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_'; };
    for (qsizetype at = text.indexOf(name, 0, Qt::CaseInsensitive); at >= 0 && !name.isEmpty(); at = text.indexOf(name, at + 1, Qt::CaseInsensitive)) {
        const qsizetype end = at + name.size();
        if ((at == 0 || !isPart(text[at - 1])) && (end == text.size() || !isPart(text[end])))
            return true;
    }
    return false;
}

namespace {

/// All scalars below a node, bounded: queries stand at different places for each provider.
void collect(Yaml node, int depth, QStringList &texts)
{
    if (depth > 12 || texts.size() > 400)
        return;
    if (node.isScalar())
        texts.append(node.string().left(4000));
    for (const Yaml item : node.items())
        collect(item, depth + 1, texts);
    for (const auto &[key, value] : node.entries())
        collect(value, depth + 1, texts);
}

struct Argument {
    QString value;
    bool known = false;
    bool release = false; ///< names this release's pods
};
using Arguments = QMap<QString, Argument>;

Argument argumentOf(Yaml arg, const KubeObject &rollout)
{
    if (arg["value"].isScalar())
        return {arg["value"].string(), true, false};
    const Yaml from = arg["valueFrom"];
    if (from["podTemplateHashValue"])
        return {QStringLiteral("pod-template-hash"), true, true};
    const QString path = from["fieldRef"]["fieldPath"].string();
    if (path == u"metadata.name")
        return {rollout.name, true, false};
    if (path == u"metadata.namespace")
        return {rollout.nameSpace, true, false};
    static const QRegularExpression label(QStringLiteral(R"(^metadata\.(labels|annotations)\['([^']+)'\]$)"));
    if (const auto m = label.match(path); m.hasMatch()) {
        const Yaml value = rollout.node["metadata"][m.captured(1).toStdString()][m.captured(2).toStdString()];
        return {value.string(), value.isScalar(), false};
    }
    return {};
}

Arguments argumentsOf(Yaml analysis, Yaml templateSpec, const KubeObject &rollout)
{
    Arguments args;
    for (const Yaml arg : templateSpec["args"].items())
        args.insert(arg["name"].string(), argumentOf(arg, rollout));
    for (const Yaml arg : analysis["args"].items())
        args.insert(arg["name"].string(), argumentOf(arg, rollout));
    return args;
}

struct Filled {
    QString text;
    bool unresolved = false, release = false;
};

Filled filled(const QString &text, const Arguments &args)
{
    static const QRegularExpression use(QStringLiteral(R"(\{\{\s*args\.([\w-]+)\s*\}\})"));
    Filled f;
    qsizetype from = 0;
    for (auto it = use.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch m = it.next();
        const Argument arg = args.value(m.captured(1));
        f.text += QStringView(text).sliced(from, m.capturedStart() - from);
        f.text += arg.known ? arg.value : m.captured(0);
        f.unresolved = f.unresolved || !arg.known;
        f.release = f.release || arg.release;
        from = m.capturedEnd();
    }
    f.text += text.sliced(from);
    return f;
}

bool isDry(Yaml dryRun, const QString &name)
{
    return std::ranges::any_of(dryRun.items(), [&](Yaml entry) {
        const QString pattern = entry["metricName"].string();
        const QRegularExpression re(QRegularExpression::anchoredPattern(pattern));
        return pattern == u"*" || pattern == name || (re.isValid() && re.match(name).hasMatch());
    });
}

// A job fails by itself, and Kayenta by its score: both need no condition.
bool decidesAlone(Yaml provider)
{
    return provider["job"].exists() || provider["kayenta"].exists() || provider["plugin"].exists();
}

GateMetric argoMetric(Yaml node, const KubeObject &source, Yaml analysis, const Arguments &args)
{
    GateMetric m;
    m.name = node["name"].string();
    m.file = source.file;
    m.span = node["provider"].exists() ? node["name"].entrySpan() : node.span();
    QStringList texts;
    collect(node["provider"], 0, texts);
    const Filled query = filled(texts.join(u'\n'), args);
    m.query = query.text;
    m.unresolved = query.unresolved;
    m.namesRelease = query.release;
    const ArgoLimits limits{filled(node["failureLimit"].stringOr(QStringLiteral("0")), args).text, filled(node["count"].string(), args).text,
                            filled(node["successCondition"].string(), args).text, filled(node["failureCondition"].string(), args).text,
                            node["interval"].exists(), decidesAlone(node["provider"])};
    const MetricGate gate = argoGate(limits);
    m.endless = limits.interval && !measurements(limits);
    m.limit = QStringLiteral("failureLimit %1").arg(limits.failureLimit);
    m.unreadable = gate.unreadable;
    m.whyNot = gate.whyNot;
    if (isDry(source.node["spec"]["dryRun"], m.name) || isDry(analysis["dryRun"], m.name))
        m.whyNot = {"dryRun のため、失敗しても止まりません。", "It is a dryRun: a failure stops nothing."};
    m.gating = m.whyNot.isEmpty() && !m.unreadable;
    return m;
}

const KubeObject *templateNamed(const Manifests &manifests, Yaml reference, const QString &nameSpace)
{
    const bool cluster = reference["clusterScope"].boolean().value_or(false);
    const QString kind = cluster ? QStringLiteral("ClusterAnalysisTemplate") : QStringLiteral("AnalysisTemplate");
    for (const KubeObject *o : manifests.ofKind(kind)) {
        if (o->group() == u"argoproj.io" && o->name == reference["templateName"].string() && (cluster || namespaceOf(*o) == nameSpace))
            return o;
    }
    return nullptr;
}

// Templates may themselves be made of templates.
void addTemplate(const Manifests &manifests, const KubeObject &rollout, Yaml analysis, Yaml reference, int depth, AnalysisUse &use)
{
    const KubeObject *source = templateNamed(manifests, reference, namespaceOf(rollout));
    if (!source || depth > 5) {
        use.found = false;
        return;
    }
    const Yaml spec = source->node["spec"];
    const Arguments args = argumentsOf(analysis, spec, rollout);
    for (const Yaml metric : spec["metrics"].items())
        use.metrics.push_back(argoMetric(metric, *source, analysis, args));
    for (const Yaml inner : spec["templates"].items())
        addTemplate(manifests, rollout, analysis, inner, depth + 1, use);
}

void addUses(const Manifests &manifests, const KubeObject &rollout, Yaml analysis, bool background, const Text &idle, std::vector<AnalysisUse> &uses)
{
    for (const Yaml reference : analysis["templates"].items()) {
        AnalysisUse use;
        use.node = reference;
        use.templateName = reference["templateName"].string();
        use.background = background;
        use.idle = idle;
        addTemplate(manifests, rollout, analysis, reference, 0, use);
        uses.push_back(std::move(use));
    }
}

// A background analysis begins when its starting step is reached.
Text neverBegins(Yaml canary)
{
    const qsizetype steps = canary["steps"].size();
    const qint64 first = canary["analysis"]["startingStep"].integer().value_or(0);
    if (first <= 0 || first < steps)
        return {};
    return Text{"startingStep が %1 ですが、段は %2 個で (0 から数えます)、始まりません。", "startingStep is %1, yet there are %2 steps (counted from 0): it never begins."}
        .arg(first, qint64(steps));
}

/// Whether a step lets the new version answer something, or run at all.
bool showsNewVersion(Yaml step)
{
    if (step["setWeight"])
        return step["setWeight"].integer().value_or(1) > 0;
    return step["setCanaryScale"].exists() || step["setHeaderRoute"]["match"].size() > 0 || step["setMirrorRoute"]["match"].size() > 0;
}

} // namespace

std::vector<AnalysisUse> analysesOf(const Manifests &manifests, const KubeObject &rollout)
{
    std::vector<AnalysisUse> uses;
    const Yaml strategy = rollout.node["spec"]["strategy"];
    addUses(manifests, rollout, strategy["canary"]["analysis"], true, neverBegins(strategy["canary"]), uses);
    bool shown = false;
    for (const Yaml step : strategy["canary"]["steps"].items()) {
        shown = shown || showsNewVersion(step);
        const Text early = shown ? Text{} : Text{"最初の setWeight より前にあり、新しい版への要求がまだありません。",
                                                 "It stands before the first setWeight, when the new version has no requests yet."};
        addUses(manifests, rollout, step["analysis"], false, early, uses);
        for (const Yaml analysis : step["experiment"]["analyses"].items()) {
            AnalysisUse use;
            use.node = analysis;
            use.templateName = analysis["templateName"].string();
            addTemplate(manifests, rollout, analysis, analysis, 0, use);
            uses.push_back(std::move(use));
        }
    }
    addUses(manifests, rollout, strategy["blueGreen"]["prePromotionAnalysis"], false, {}, uses);
    addUses(manifests, rollout, strategy["blueGreen"]["postPromotionAnalysis"], false, {}, uses);
    return uses;
}

AnalysisUse flaggerAnalysis(const Manifests &manifests, const KubeObject &canary)
{
    AnalysisUse use;
    const Yaml spec = canary.node["spec"];
    use.node = spec["analysis"].isMap() ? spec["analysis"] : spec["canaryAnalysis"];
    const QString threshold = use.node["threshold"].stringOr(QStringLiteral("1"));
    for (const Yaml node : use.node["metrics"].items()) {
        GateMetric m;
        m.name = node["name"].string();
        m.file = canary.file;
        m.span = node.span();
        m.limit = QStringLiteral("threshold %1").arg(threshold);
        const Yaml reference = node["templateRef"];
        const MetricGate gate = flaggerGate(node);
        m.unreadable = gate.unreadable;
        m.whyNot = gate.whyNot;
        m.gating = m.whyNot.isEmpty() && !m.unreadable;
        m.namesRelease = !reference.isMap() && node["query"].string().isEmpty(); // the built-in ones ask for the target
        QStringList texts{node["query"].string()};
        if (reference.isMap()) {
            const KubeObject *source = nullptr;
            for (const KubeObject *o : manifests.ofKind(QStringLiteral("MetricTemplate"))) {
                if (o->name == reference["name"].string() && namespaceOf(*o) == reference["namespace"].stringOr(namespaceOf(canary)))
                    source = o;
            }
            use.found = use.found && source;
            if (!source)
                use.templateName = reference["name"].string();
            if (source)
                collect(source->node["spec"]["query"], 0, texts);
            collect(node["templateVariables"], 0, texts);
        }
        m.query = texts.join(u'\n');
        static const QRegularExpression own(QStringLiteral(R"(\{\{\s*(target|service|ingress|route)\s*\}\})"));
        m.namesRelease = m.namesRelease || m.query.contains(own);
        use.metrics.push_back(std::move(m));
    }
    return use;
}

} // namespace tenken
