// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/apm.h>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

using From = EnvironmentValue::From;

// OpenTelemetry says the same in one list: "service.name=a,deployment.environment=b".
QString fromOpenTelemetry(const TracedContainer &k, const QString &tag)
{
    const QStringList keys = tag == u"env"
        ? QStringList{"deployment.environment", "deployment.environment.name"}
        : tag == u"service" ? QStringList{"service.name"}
                            : QStringList{"service.version"};
    if (tag == u"service" && k.value(u"OTEL_SERVICE_NAME"_s).from == From::Literal)
        return k.value(u"OTEL_SERVICE_NAME"_s).text;
    for (const QString &pair : k.value(u"OTEL_RESOURCE_ATTRIBUTES"_s).text.split(u',')) {
        if (keys.contains(pair.section(u'=', 0, 0).trimmed()))
            return pair.section(u'=', 1).trimmed();
    }
    return {};
}

// "metadata.labels['tags.datadoghq.com/env']" → "tags.datadoghq.com/env"
QString labelOfField(const QString &fieldPath)
{
    if (!fieldPath.startsWith(u"metadata.labels['") || !fieldPath.endsWith(u"']"))
        return {};
    return fieldPath.sliced(17).chopped(2);
}

bool saysNothing(const QString &version)
{
    static const QStringList constant = {"latest",  "stable", "main", "master", "dev",
                                         "unknown", "none",   "head", "0",      "1"};
    return constant.contains(version.toLower());
}

Finding &judgeVersion(Finding &f, const QString &value)
{
    if (!saysNothing(value))
        return f;
    f.measured = sameText(value);
    return say(f, Verdict::Warn,
               Text{"version が `%1` のままで、リリースごとに変わりません。",
                    "The version stays `%1`: it does not change with a release."}
                   .arg(value),
               {"イメージのタグかコミットを version にしてください。",
                "Make the image's tag or the commit the version."});
}

/// One tag of a container: its names, the label's value, the variable's source.
struct Tag {
    const TracedContainer &k;
    QString name; ///< "env"
    QString label, variable; ///< "tags.datadoghq.com/env", "DD_ENV"
    QString labelled; ///< the label's value
    EnvironmentValue value;
    Text remedy;
};

Tag tagOf(const TracedContainer &k, const QString &name)
{
    Tag t{k, name, u"tags.datadoghq.com/"_s + name, u"DD_"_s + name.toUpper(), {}, {}, {}};
    const QString perContainer = u"tags.datadoghq.com/%1.%2"_s.arg(k.c.name, name);
    t.labelled = k.labels.value(perContainer, k.labels.value(t.label));
    t.value = k.value(t.variable);
    t.remedy = Text{"Pod のラベル %1 と、それを指す %2 を書いてください。",
                    "Write the pod label %1, and %2 that refers to it."}
                   .arg(t.label, t.variable);
    return t;
}

Finding findingFor(const Tag &t)
{
    const bool here = t.value.from != From::Nowhere && t.value.file == t.k.w.object.file;
    Finding f = findingInTemplate(t.k.context, Text{"タグ %1", "Tag %1"}.arg(t.name), t.k.w, t.k.c,
                                  here ? t.value.node : Yaml());
    f.wanted = Text{"%1 とラベル", "%1 and its label"}.arg(t.variable);
    addMark(f, t.k.w.object.file, t.k.w.podTemplate["metadata"]["labels"][t.label.toStdString()],
            {"Pod のラベル", "the pod's label"});
    f.snippet = QStringLiteral("metadata:\n  labels:\n    %1: \"…\"\nspec:\n  containers:\n    - name: %2\n"
                               "      env:\n        - name: %3\n          valueFrom:\n            fieldRef:\n"
                               "              fieldPath: metadata.labels['%1']")
                    .arg(t.label, t.k.c.name, t.variable);
    return f;
}

Finding passed(Finding f, const Tag &t, const QString &value, const Text &reason)
{
    say(f, Verdict::Pass, reason);
    return t.name == u"version" ? judgeVersion(f, value) : f;
}

// The variable is there: of a field, a literal, or an object.
Finding judgeVariable(Finding f, const Tag &t)
{
    const EnvironmentValue &v = t.value;
    QString shown = v.object;
    if (v.from == From::Field) {
        const QString of = labelOfField(v.fieldPath);
        if (!of.isEmpty() && t.k.labels.value(of).isEmpty())
            return say(
                f, Verdict::Fail,
                Text{"%1 は Pod のラベル %2 を指しますが、Pod テンプレートにそのラベルがなく、空になります。",
                     "%1 refers to the pod label %2, which the pod template does not have: it is empty."}
                    .arg(t.variable, of),
                {"Deployment ではなく Pod テンプレートの labels に書いてください。",
                 "Write it in the labels of the pod template, not of the Deployment alone."});
        shown = of.isEmpty() ? v.fieldPath : t.k.labels.value(of);
    } else if (v.from == From::Literal) {
        if (v.text.isEmpty())
            return say(f, Verdict::Fail, Text{"%1 が空です。", "%1 is empty."}.arg(t.variable), t.remedy);
        shown = maskSecrets(v.text);
    }
    f.measured = sameText(shown);
    if (t.labelled.isEmpty())
        return say(f, Verdict::Warn,
                   Text{"Pod のラベル %1 がなく、メトリクスとログには付きません。",
                        "The pod has no label %1: metrics and logs do not carry it."}
                       .arg(t.label),
                   t.remedy);
    return passed(std::move(f), t, v.from == From::Literal ? v.text : t.labelled,
                  Text{"%1 とラベルが揃っています。", "%1 and its label are set."}.arg(t.variable));
}

// No variable that is seen: the admission controller may set it from the label.
Finding judgeWithoutVariable(Finding f, const Tag &t)
{
    if (!t.labelled.isEmpty() && t.k.admission == TracedContainer::Admission::On) {
        f.measured = sameText(t.labelled);
        return passed(std::move(f), t, t.labelled,
                      {"Pod のラベルから、admission controller が渡します。",
                       "The admission controller takes it from the pod's label."});
    }
    if (t.value.from == From::Unseen) {
        f.measured = Text{"envFrom %1", "envFrom %1"}.arg(t.value.object);
        return say(
            f, Verdict::Unknown,
            Text{"envFrom の %1 に %2 があるかは見えません。", "Whether %1 of envFrom holds %2 is not seen."}
                .arg(t.value.object, t.variable),
            t.remedy);
    }
    if (!t.labelled.isEmpty()) {
        f.measured = {"ラベルだけ", "the label alone"};
        return say(
            f, Verdict::Warn,
            Text{"ラベルはありますが、%1 がなく、トレースに付くかは admission controller の設定によります。",
                 "The label is there, yet no %1: whether traces carry it depends on the admission "
                 "controller's settings."}
                .arg(t.variable),
            t.remedy);
    }
    f.measured = {"なし", "none"};
    return say(f, Verdict::Fail,
               Text{"%1 もラベル %2 もありません。", "There is neither %1 nor the label %2."}.arg(t.variable,
                                                                                                  t.label),
               t.remedy);
}

} // namespace

Finding judgeTag(const TracedContainer &k, const QString &name)
{
    const Tag t = tagOf(k, name);
    Finding f = findingFor(t);
    if (t.value.from != From::Nowhere && t.value.from != From::Unseen)
        return judgeVariable(std::move(f), t);
    if (const QString open = fromOpenTelemetry(k, name); !open.isEmpty()) {
        f.measured = sameText(maskSecrets(open));
        return passed(
            std::move(f), t, open,
            {"OpenTelemetry の属性で付いています。", "It is set as an attribute of OpenTelemetry."});
    }
    return judgeWithoutVariable(std::move(f), t);
}

} // namespace tenken
