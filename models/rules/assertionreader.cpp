// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/assertion.h>
#include <rules/checklistfields.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

/// Kinds that are often misspelt. Others are allowed: there are custom resources.
const QStringList &usualKinds()
{
    static const QStringList kinds{
        QStringLiteral("Deployment"), QStringLiteral("StatefulSet"), QStringLiteral("DaemonSet"), QStringLiteral("ReplicaSet"),
        QStringLiteral("Job"), QStringLiteral("CronJob"), QStringLiteral("Pod"), QStringLiteral("Rollout"),
        QStringLiteral("Service"), QStringLiteral("Ingress"), QStringLiteral("ConfigMap"), QStringLiteral("Secret"),
        QStringLiteral("ServiceAccount"), QStringLiteral("Role"), QStringLiteral("RoleBinding"), QStringLiteral("ClusterRole"),
        QStringLiteral("ClusterRoleBinding"), QStringLiteral("Namespace"), QStringLiteral("NetworkPolicy"),
        QStringLiteral("PodDisruptionBudget"), QStringLiteral("HorizontalPodAutoscaler"), QStringLiteral("ScaledObject"),
        QStringLiteral("PersistentVolumeClaim"), QStringLiteral("VirtualService"), QStringLiteral("DestinationRule"),
        QStringLiteral("Gateway"), QStringLiteral("ServiceEntry"), QStringLiteral("Sidecar"), QStringLiteral("ResourceQuota"),
        QStringLiteral("LimitRange"), QStringLiteral("PriorityClass"), QStringLiteral("StorageClass")};
    return kinds;
}

const QStringList &workloadKinds()
{
    static const QStringList kinds = usualKinds().first(8);
    return kinds;
}

class Reader
{
public:
    Reader(ChecklistFields &fields, Yaml node, const Item &item, const QStringList &taken)
        : m_fields(fields), m_node(node), m_item(item), m_taken(taken)
    {
    }

    std::shared_ptr<const Assertion> read()
    {
        m_fields.checkKeys(m_node, {"assert", "name", "title", "select", "message", "remedy", "verdict"});
        m_assertion.file = m_fields.file.name();
        name();
        m_assertion.title = m_node["title"] ? m_fields.text(m_node, "title") : m_item.title;
        m_assertion.message = m_fields.text(m_node, "message");
        if (m_assertion.message.isEmpty())
            m_assertion.message = {"チェックリストの式が false です。", "The checklist's expression is false."};
        m_assertion.remedy = m_fields.text(m_node, "remedy", false);
        m_assertion.otherwise = m_fields.oneOf(m_node["verdict"], {"fail", "warn"}) == u"warn" ? Verdict::Warn : Verdict::Fail;
        select();
        expression();
        return std::make_shared<const Assertion>(std::move(m_assertion));
    }

private:
    void name()
    {
        static const QRegularExpression form(QStringLiteral("\\A[a-z0-9][a-z0-9.-]{0,99}\\z"));
        const Yaml node = m_node["name"];
        QString name = node ? node.string() : m_item.id;
        if (node && !form.match(name).hasMatch()) {
            m_fields.complain(node.span(), Text{"規則の名前 `%1` は使えません。", "A rule cannot be named `%1`."}.arg(name),
                              {"英小文字・数字・ハイフン・点で書いてください。", "Use lower case letters, digits, hyphens and dots."});
            name = m_item.id;
        }
        if (node && (findRule(name) || m_taken.contains(name)))
            m_fields.complain(node.span(), Text{"規則 `%1` はもうあります。", "There is a rule `%1` already."}.arg(name));
        QString own = name;
        for (int i = 2; findRule(own) || m_taken.contains(own); ++i)
            own = QStringLiteral("%1-%2").arg(name).arg(i);
        m_assertion.name = own;
    }

    void select()
    {
        const Yaml node = m_node["select"];
        if (!node.isMap()) {
            m_fields.complain(node ? node.span() : m_node.span(), {"`select` がありません。", "`select` is missing."},
                              {"`select: {kind: Deployment}` のように書いてください。", "Write it as in `select: {kind: Deployment}`."});
            m_broken = true;
            return;
        }
        Selection &s = m_assertion.select;
        const size_t problems = m_fields.problems.size();
        m_fields.checkKeys(node, {"kind", "apiVersion", "labels", "names", "each", "containers", "absent"});
        const QString each = m_fields.oneOf(node["each"], {"object", "workload", "container"});
        s.each = each == u"container" ? Selection::Each::Container
            : each == u"workload"     ? Selection::Each::Workload
                                      : Selection::Each::Object;
        s.kinds = m_fields.words(node, "kind");
        s.apiVersion = node["apiVersion"] ? m_fields.word(node, "apiVersion") : QString();
        s.names = m_fields.words(node, "names");
        for (const auto &[key, value] : m_fields.map(node, "labels", "labels: {app: web}")) {
            const std::string name(key.text());
            s.labels.insert(key.string(), m_fields.word(node["labels"], name.c_str()));
        }
        s.absent = *verdictFromString(m_fields.oneOf(node["absent"], {"unknown", "n/a", "fail"}));
        roles(node["containers"]);
        checkPods(node["kind"]);
        // What it is meant to look at is not known, so that what it looks at instead decides nothing.
        m_broken = m_fields.problems.size() > problems;
        checkKinds(node["kind"]);
    }

    void checkKinds(Yaml node)
    {
        for (const QString &kind : m_assertion.select.kinds) {
            if (kind.contains(u'*') || usualKinds().contains(kind))
                continue;
            if (const auto near = didYouMean(kind, usualKinds()))
                m_fields.complain(node.span(), Text{"種類 `%1` は見慣れません。", "The kind `%1` is not a usual one."}.arg(kind),
                                  Text{"`%1` のことですか。", "Did you mean `%1`?"}.arg(*near));
        }
    }

    void checkPods(Yaml node)
    {
        if (m_assertion.select.each == Selection::Each::Object)
            return;
        for (const QString &kind : m_assertion.select.kinds) {
            if (!kind.contains(u'*') && !workloadKinds().contains(kind))
                m_fields.complain(node.span(), Text{"%1 は Pod を作らないため、`each: object` でしか選べません。",
                                                    "%1 makes no pods, so only `each: object` selects it."}.arg(kind));
        }
    }

    void roles(Yaml node)
    {
        if (!node)
            return;
        std::vector<Container::Role> roles;
        const QStringList words{"app", "init", "sidecar"};
        for (const Yaml entry : node.isSequence() ? node.items() : std::vector{node}) {
            const QString word = m_fields.oneOf(entry, words);
            roles.push_back(word == u"init"      ? Container::Role::Init
                            : word == u"sidecar" ? Container::Role::NativeSidecar
                                                 : Container::Role::App);
        }
        if (!roles.empty())
            m_assertion.select.roles = std::move(roles);
    }

    void expression()
    {
        const Yaml node = m_node["assert"];
        m_assertion.span = node.span();
        const std::string_view text = node.text();
        m_assertion.text = node.string();
        auto compiled = Expression::compile(QByteArray(text.data(), qsizetype(text.size())));
        if (!compiled) {
            const Expression::Mistake &mistake = compiled.error();
            m_fields.complain(placeInScalar(node, m_fields.file.text(), mistake.offset), mistake.message, mistake.hint);
            return;
        }
        if (!m_broken)
            m_assertion.expression = std::move(*compiled);
    }

    ChecklistFields &m_fields;
    Yaml m_node;
    const Item &m_item;
    const QStringList &m_taken;
    Assertion m_assertion;
    bool m_broken = false; ///< what it selects is not known
};

} // namespace

std::shared_ptr<const Assertion> readAssertion(ChecklistFields &fields, Yaml node, const Item &item, const QStringList &taken)
{
    return Reader(fields, node, item, taken).read();
}

} // namespace tenken
