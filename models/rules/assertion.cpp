// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/assertion.h>

#include <rules/workloads.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

bool matches(const QString &pattern, const QString &text)
{
    if (!pattern.contains(u'*'))
        return pattern == text;
    const QString escaped = QRegularExpression::escape(pattern).replace(QStringLiteral("\\*"), QStringLiteral(".*"));
    return QRegularExpression(QRegularExpression::anchoredPattern(escaped)).match(text).hasMatch();
}

bool matchesAny(const QStringList &patterns, const QString &text)
{
    return patterns.isEmpty() || std::ranges::any_of(patterns, [&](const QString &p) { return matches(p, text); });
}

bool isSelected(const Selection &select, const KubeObject &object)
{
    if (!matchesAny(select.kinds, object.kind) || !matchesAny(select.names, object.name))
        return false;
    if (!select.apiVersion.isEmpty() && !matches(select.apiVersion, object.apiVersion))
        return false;
    const Yaml labels = object.node["metadata"]["labels"];
    for (auto it = select.labels.cbegin(); it != select.labels.cend(); ++it) {
        const Yaml value = labels[it.key().toStdString()];
        if (!value.isScalar() || !matches(it.value(), value.string()))
            return false;
    }
    return true;
}

class Judge
{
public:
    Judge(const Assertion &assertion, const RuleContext &context) : m_assertion(assertion), m_context(context) { }

    std::vector<Finding> findings()
    {
        if (m_context.manifests().objects.empty())
            return {};
        if (!m_assertion.expression)
            return {mistaken()};
        if (m_assertion.select.each == Selection::Each::Object)
            judgeObjects();
        else
            judgeWorkloads();
        if (m_findings.empty())
            m_findings.push_back(nothingSelected());
        return std::move(m_findings);
    }

private:
    void judgeObjects()
    {
        for (const KubeObject &object : m_context.manifests().objects) {
            if (isSelected(m_assertion.select, object))
                add(findingFor(m_context, m_assertion.title, object), object.node);
        }
    }

    void judgeWorkloads()
    {
        for (const Workload &w : m_context.manifests().workloads) {
            if (!isSelected(m_assertion.select, w.object))
                continue;
            if (m_assertion.select.each == Selection::Each::Workload) {
                add(findingFor(m_context, m_assertion.title, w), w.podTemplate);
                continue;
            }
            for (const Container &c : w.containers) {
                if (std::ranges::contains(m_assertion.select.roles, c.role))
                    add(findingInTemplate(m_context, m_assertion.title, w, c), c.node);
            }
        }
    }

    void add(Finding &&f, Yaml value)
    {
        const ExpressionAnswer answer = m_assertion.expression->ask(value);
        switch (answer.kind) {
        case ExpressionAnswer::Kind::True:
            say(f, Verdict::Pass, {"チェックリストの式が true です。", "The checklist's expression is true."});
            break;
        case ExpressionAnswer::Kind::False:
            say(f, m_assertion.otherwise, m_assertion.message, m_assertion.remedy);
            break;
        case ExpressionAnswer::Kind::Null:
            say(f, Verdict::Unknown, {"式の結果が null です。見ている項目がありません。",
                                      "The expression gives null: a field it looks at is not there."},
                {"項目がないときの値を `||` か `not_null` で式に書いてください。",
                 "Say with `||` or `not_null` what a missing field means."});
            break;
        case ExpressionAnswer::Kind::Other:
            say(f, Verdict::Unknown,
                Text{"式の結果が true でも false でもなく、%1です。", "The expression gives %1, neither true nor false."}.arg(answer.detail),
                {"比較や `contains`、`length(…) > `0`` で終わる式にしてください。",
                 "End it in a comparison, as in `length(…) > `0``."});
            break;
        case ExpressionAnswer::Kind::Failed:
            say(f, Verdict::Unknown, answer.detail, {"チェックリストの式を直してください。", "Mend the checklist's expression."});
            break;
        }
        if (m_assertion.text.size() <= 100)
            f.wanted = sameText(m_assertion.text.simplified());
        m_findings.push_back(std::move(f));
    }

    Finding mistaken() const
    {
        Finding f = findingFor(m_context, m_assertion.title);
        f.file = m_assertion.file;
        f.span = m_assertion.span;
        return say(std::move(f), Verdict::Unknown,
                   {"チェックリストの式に誤りがあり、判定できません。", "The checklist's expression has a mistake, so nothing is judged."},
                   {"`tenken rules --checklist` で場所を確かめてください。", "`tenken rules --checklist` says where."});
    }

    Finding nothingSelected() const
    {
        Finding f = findingFor(m_context, m_assertion.title);
        const Text reason = Text{"対象のオブジェクト (%1) がありません。", "There is no such object (%1)."}.arg(m_assertion.select.toString());
        switch (m_assertion.select.absent) {
        case Verdict::NotApplicable:
            return say(std::move(f), Verdict::NotApplicable, reason);
        case Verdict::Fail:
            return say(std::move(f), m_assertion.otherwise, reason, m_assertion.remedy);
        default:
            return say(std::move(f), Verdict::Unknown, reason,
                       {"そのマニフェストを `evidence.manifests` に加えるか、規則の `select` に `absent: n/a` と書いてください。",
                        "Add its file to `evidence.manifests`, or write `absent: n/a` under the rule's `select`."});
        }
    }

    const Assertion &m_assertion;
    const RuleContext &m_context;
    std::vector<Finding> m_findings;
};

} // namespace

QString Selection::toString() const
{
    QStringList parts;
    parts << (kinds.isEmpty() ? QStringLiteral("*") : kinds.join(QStringLiteral(", ")));
    if (!apiVersion.isEmpty())
        parts << apiVersion;
    if (!names.isEmpty())
        parts << names.join(QStringLiteral(", "));
    for (auto it = labels.cbegin(); it != labels.cend(); ++it)
        parts << it.key() + u'=' + it.value();
    return parts.join(u' ');
}

QString Selection::within() const
{
    if (each == Each::Object)
        return {};
    if (each == Each::Workload)
        return QStringLiteral("each=workload");
    constexpr std::pair<Container::Role, const char *> all[] = {{Container::Role::App, "app"},
                                                                {Container::Role::Init, "init"},
                                                                {Container::Role::NativeSidecar, "sidecar"}};
    QStringList words; // in one order, however they are written
    for (const auto &[role, word] : all) {
        if (std::ranges::contains(roles, role))
            words << QString::fromUtf8(word);
    }
    const QString whole = QStringLiteral("each=container");
    const bool isWhole = words.size() == std::ssize(all);
    return isWhole ? whole : whole + QStringLiteral(" containers=") + words.join(u',');
}

std::vector<Finding> judgeAssertion(const Assertion &assertion, const RuleContext &context)
{
    return Judge(assertion, context).findings();
}

} // namespace tenken
