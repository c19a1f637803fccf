// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/guidedraft.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace tenken {

namespace {

constexpr int mostLines = 100; ///< of one list

QString templateOf(const QString &role, Lang lang)
{
    QFile file(QStringLiteral(":/templates/%1.%2.md").arg(role, lang == Lang::Ja ? QStringLiteral("ja") : QStringLiteral("en")));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Names from files stand in the guide as text: no line breaks, no marks of a template that they are not.
QString word(const QString &text) { return visible(maskSecrets(text.simplified())); }

QString listOr(const QStringList &lines, const Text &placeholder, Lang lang)
{
    if (lines.isEmpty())
        return QStringLiteral("- <%1>").arg(placeholder.in(lang));
    QStringList bullets;
    for (const QString &line : lines.mid(0, mostLines))
        bullets.append(QStringLiteral("- ") + line);
    return bullets.join(u'\n');
}

QStringList dependencyLines(const Service &service, Lang lang)
{
    QStringList lines;
    for (const Dependency &d : service.dependencies.value.value_or(std::vector<Dependency>())) {
        QString line = word(d.id);
        if (!d.kind.isEmpty())
            line += QStringLiteral(" (%1)").arg(word(d.kind));
        if (!d.host.isEmpty())
            line += QStringLiteral(": `%1`").arg(word(d.host).remove(u'`'));
        if (!d.required)
            line += Text{"。なくても動きます", "; it works without it"}.in(lang);
        lines.append(line);
    }
    return lines;
}

QStringList callerLines(const Service &service)
{
    QStringList lines;
    for (const Caller &caller : service.callers.value.value_or(std::vector<Caller>()))
        lines.append(word(caller.id));
    return lines;
}

QStringList workloadLines(const Evidence &evidence)
{
    QStringList lines;
    if (evidence.manifests) {
        for (const Workload &w : evidence.manifests->workloads)
            lines.append(QStringLiteral("%1 `%2` (`%3`)").arg(word(w.object.kind), word(w.object.name), word(w.object.file)));
    }
    lines.removeDuplicates();
    return lines;
}

QStringList platformLines(const Service &service, Lang lang)
{
    QStringList lines;
    if (service.kubernetesVersion.value)
        lines.append(QStringLiteral("Kubernetes %1").arg(service.kubernetesVersion.value->toString()));
    if (service.istioVersion.value)
        lines.append(QStringLiteral("Istio %1").arg(service.istioVersion.value->toString()));
    if (service.zones.value)
        lines.append(Text{"AZ %1 つ", "%1 availability zones"}.arg(*service.zones.value).in(lang));
    if (service.nodeGroup.value)
        lines.append(Text{"ノード群 %1", "Node group %1"}.arg(word(*service.nodeGroup.value)).in(lang));
    return lines;
}

QStringList pipelineLines(const Evidence &evidence)
{
    QStringList lines;
    if (evidence.repository) {
        for (const auto &file : evidence.pipelines)
            lines.append(QStringLiteral("`%1`").arg(word(file->name())));
    }
    return lines;
}

/// Each alert gets its section, with its meaning and what to do still to be written.
QString monitorSections(const Evidence &evidence, Lang lang)
{
    QStringList names{evidence.service.id};
    names += evidence.service.aliases;
    QStringList sections;
    for (const Monitor &m : evidence.datadog.monitors) {
        const bool own = std::ranges::any_of(names, [&](const QString &name) { return !name.isEmpty() && m.tags.contains(QStringLiteral("service:") + name); });
        if (!own || m.draft || sections.size() >= mostLines)
            continue;
        sections.append(QStringLiteral("### %1\n").arg(word(m.name))
                        + Text{"- 意味: <何が起きているか>\n- 対応: <最初に見るもの、次にすること>\n",
                               "- Meaning: <what is happening>\n- What to do: <what to look at first, and then>\n"}.in(lang));
    }
    return sections.isEmpty() ? listOr({}, {"アラートごとに、意味と対応", "for every alert its meaning and what to do"}, lang) : sections.join(u'\n');
}

QStringList dashboardLines(const Service &service, Lang lang)
{
    if (!service.dashboard.value)
        return {};
    return {Text{"ダッシュボード: %1", "Dashboard: %1"}.arg(word(*service.dashboard.value)).in(lang)};
}

QString cleanPath(const QString &path) { return QDir::cleanPath(path); }

} // namespace

std::vector<GuideOffer> missingGuides(const Evidence &evidence, const Checklist &checklist)
{
    std::vector<GuideOffer> offers;
    const QDir folder(evidence.folder);
    const auto consider = [&](const Item &item, const QString &role) {
        const bool known = std::ranges::any_of(offers, [&](const GuideOffer &o) { return o.role == role; });
        if (role.isEmpty() || known || templateOf(role, Lang::En).isEmpty())
            return;
        GuideOffer offer{item.id, role, QStringLiteral("docs/%1.md").arg(role), false, {}};
        for (const DocumentSource &source : evidence.service.documents) {
            if (source.role != role)
                continue;
            // A page in a wiki is a guide too; one in a further root is not ours to write.
            if (source.file.isEmpty() || !cleanPath(source.file).endsWith(u".md") || source.file.contains(u':'))
                return;
            offer.path = cleanPath(source.file);
            offer.declared = true;
        }
        if (QFileInfo(folder.filePath(offer.path)).exists() || QFileInfo(folder.filePath(offer.path)).isSymLink())
            return;
        if (!offer.declared)
            offer.snippet = QStringLiteral("evidence:\n  documents:\n    - {role: %1, file: %2}").arg(role, offer.path);
        offers.push_back(std::move(offer));
    };
    if (evidence.folder.isEmpty())
        return offers;
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items) {
            for (const RuleUse &use : item.rules) {
                if (use.rule == u"guide-headings")
                    consider(item, use.lists.value(QStringLiteral("role")).value(0));
            }
        }
    }
    return offers;
}

QString guideDraft(const GuideOffer &offer, const Evidence &evidence, Lang lang)
{
    const Service &s = evidence.service;
    const QString name = s.name.in(lang).isEmpty() ? s.id : s.name.in(lang);
    const std::pair<QString, QString> known[] = {
        {QStringLiteral("{{name}}"), word(name)},
        {QStringLiteral("{{team}}"), s.team.isEmpty() ? (lang == Lang::Ja ? QStringLiteral("<チーム名>") : QStringLiteral("<team>")) : word(s.team)},
        {QStringLiteral("{{dependencies}}"), listOr(dependencyLines(s, lang), {"依存するサービスやデータベース", "services and databases it depends on"}, lang)},
        {QStringLiteral("{{callers}}"), listOr(callerLines(s), {"呼び出すサービスや画面", "services and screens that call it"}, lang)},
        {QStringLiteral("{{workloads}}"), listOr(workloadLines(evidence), {"動いているもの", "what is running"}, lang)},
        {QStringLiteral("{{platform}}"), listOr(platformLines(s, lang), {"クラスターとノード", "cluster and nodes"}, lang)},
        {QStringLiteral("{{pipelines}}"), listOr(pipelineLines(evidence), {"パイプラインへのリンク", "link to the pipeline"}, lang)},
        {QStringLiteral("{{dashboard}}"), listOr(dashboardLines(s, lang), {"ダッシュボードへのリンク", "link to the dashboard"}, lang)},
        {QStringLiteral("{{monitors}}"), monitorSections(evidence, lang)},
    };
    // In one pass, so that a name that looks like a key stays a name.
    const QString text = templateOf(offer.role, lang);
    QString out;
    for (qsizetype at = 0; at < text.size();) {
        const auto found = std::ranges::find_if(known, [&](const auto &k) { return QStringView(text).mid(at).startsWith(k.first); });
        if (found == std::end(known)) {
            out += text[at++];
        } else {
            out += found->second;
            at += found->first.size();
        }
    }
    return out;
}

Result<void> writeGuideDraft(const GuideOffer &offer, const Evidence &evidence, Lang lang)
{
    const auto refuse = [&](const Text &message) { return failure({offer.path, {}, message, {"別の場所に書くか、service.yaml を直してください。", "Write it elsewhere, or mend service.yaml."}}); };
    if (QDir::isAbsolutePath(offer.path) || cleanPath(offer.path).startsWith(u".."))
        return refuse({"サービスのフォルダーの外です。", "It lies outside the service's folder."});
    const QDir folder(evidence.folder);
    const QString path = folder.filePath(offer.path), parent = QFileInfo(path).absolutePath();
    // A link on the way may lead out of it: what is there already decides.
    QFileInfo there(parent);
    while (!there.exists() && !there.isSymLink() && there.absoluteFilePath().size() > 1)
        there = QFileInfo(there.absolutePath());
    if (!(there.canonicalFilePath() + u'/').startsWith(QFileInfo(evidence.folder).canonicalFilePath() + u'/'))
        return refuse({"サービスのフォルダーの外です。", "It lies outside the service's folder."});
    if (!QDir().mkpath(parent))
        return refuse({"フォルダーを作れません。", "The folder cannot be made."});
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return refuse(QFileInfo::exists(path) ? Text{"もうあるため、書きません。", "It is there already and is not written over."}
                                              : Text{"書けません: %1", "It cannot be written: %1"}.arg(file.errorString()));
    const QByteArray text = guideDraft(offer, evidence, lang).toUtf8();
    if (file.write(text) != text.size() || !file.flush()) {
        file.remove();
        return refuse(Text{"書けません: %1", "It cannot be written: %1"}.arg(file.errorString()));
    }
    return {};
}

} // namespace tenken
