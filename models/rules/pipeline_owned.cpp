// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/pipelines.h>

#include <evidence/pipelines/codeowners.h>

#include <algorithm>

namespace tenken
{

namespace
{

const Text title{"ワークフローの所有者", "Owners of the workflow files"};

std::optional<CodeOwners> codeOwnersOf(const Repository &repository)
{
    const bool gitlab = std::ranges::any_of(repository.pipelines, [](const Pipeline &p) { return p.system == Pipeline::System::GitLab; });
    const OwnersSystem system = gitlab ? OwnersSystem::GitLab : OwnersSystem::GitHub;
    for (const QString &place : codeOwnersPlaces(system)) {
        if (const RepositoryFile *file = repository.file(place))
            return readCodeOwners(place, file->bytes, system);
    }
    return {};
}

/// "@org/Identity-Platform" → "identity-platform"
QString lastPart(const QString &handle)
{
    QString name = handle.sliced(handle.lastIndexOf(u'/') + 1).toLower();
    while (name.startsWith(u'@'))
        name.removeFirst();
    return name;
}

bool isTeam(const QString &owner, const Service &service)
{
    if (!service.owners)
        return !service.team.isEmpty() && lastPart(owner) == service.team.toLower().replace(u' ', u'-');
    return std::ranges::any_of(*service.owners, [&](const QString &handle) { return handle.compare(owner, Qt::CaseInsensitive) == 0; });
}

Finding judgeFile(const RuleContext &context, const CodeOwners &owners, const QString &file)
{
    const Service &service = context.service();
    const auto lines = owners.linesFor(file);
    Finding f = findingFor(context, title);
    f.object = file;
    f.file = owners.file;
    f.span = lines.empty() ? Span{1, 1, 1, 2} : lines.back()->span;
    QStringList all;
    for (const OwnersLine *line : lines) {
        all += line->owners;
        addMark(f, owners.file, line->span, Text{"%1 に効く行", "the line that counts for %1"}.arg(file));
    }
    f.measured = all.isEmpty() ? Text{"所有者なし", "no owner"} : sameText(all.join(QStringLiteral(", ")));
    const QString team = service.owners ? (*service.owners).join(QStringLiteral(", ")) : service.team;
    f.wanted = sameText(team);
    if (std::ranges::any_of(all, [&](const QString &owner) { return isTeam(owner, service); }))
        return say(std::move(f), Verdict::Pass, Text{"%1 の所有者にチームが含まれます。", "The team is among the owners of %1."}.arg(file));
    if (!all.isEmpty() && !service.owners) {
        f.snippet = QStringLiteral("owners: [\"%1\"]").arg(all.first());
        return say(std::move(f), Verdict::Unknown,
                   Text{"所有者は %1 ですが、これがチームかは分かりません。", "The owners are %1; whether that is the team is not known."}.arg(all.join(QStringLiteral(", "))),
                   {"service.yaml の `owners` に、CODEOWNERS でのチームの名前を書いてください。",
                    "Write the team's handle in CODEOWNERS as `owners` in service.yaml."});
    }
    f.snippet = QStringLiteral("/%1 %2").arg(file.left(file.lastIndexOf(u'/') + 1), service.owners ? (*service.owners).first() : QStringLiteral("@org/team"));
    if (all.isEmpty())
        return say(std::move(f), Verdict::Fail,
                   lines.empty() ? Text{"%1 に一致する行がありません。", "No line matches %1."}.arg(file)
                                 : Text{"%1 に効く行に、所有者がいません。", "The line that counts for %1 names no owner."}.arg(file),
                   {"チームを所有者とする行を、最後に足してください。", "Add a line at the end that makes the team its owner."});
    return say(std::move(f), Verdict::Fail,
               Text{"%1 の所有者は %2 で、チームが含まれません（最後に一致した行が有効です）。",
                    "%1 belongs to %2; the team is not among them (the last match wins)."}
                   .arg(file, all.join(QStringLiteral(", "))),
               {"その行にチームを加えるか、チームを所有者とする行を後に足してください。",
                "Add the team to that line, or add a later line that makes the team its owner."});
}

Finding unknownOwners(const RuleContext &context, const QString &file)
{
    Finding f = findingFor(context, title);
    f.file = file;
    f.span = {1, 1, 1, 2};
    f.snippet = QStringLiteral("/%1 %2").arg(file.left(file.lastIndexOf(u'/') + 1), context.service().owners ? (*context.service().owners).first() : QStringLiteral("@org/team"));
    return say(std::move(f), Verdict::Unknown, {"CODEOWNERS がありません。", "There is no CODEOWNERS."},
               {"CODEOWNERS にワークフローの所有者を書くか、チームが行った変更へのリンクを添えてください。",
                "Name the owners of the workflow files in CODEOWNERS, or attach a link to a change the team made."});
}

std::vector<Finding> judge(const RuleContext &context)
{
    if (auto why = whyNoPipelines(context, title))
        return {*std::move(why)};
    const Repository &repository = *context.evidence.repository;
    QStringList files;
    for (const Pipeline &p : repository.pipelines) {
        files.append(p.file);
        for (const PipelineJob &job : p.jobs)
            files.append(job.file);
    }
    files.sort();
    files.removeDuplicates();
    const auto owners = codeOwnersOf(repository);
    if (!owners)
        return {unknownOwners(context, files.first())};
    std::vector<Finding> findings;
    for (const QString &file : std::as_const(files))
        findings.push_back(judgeFile(context, *owners, file));
    if (std::ranges::any_of(findings, [](const Finding &f) { return f.verdict == Verdict::Pass; }))
        addUnreadPipelines(context, title, findings);
    return findings;
}

} // namespace

Rule pipelineOwnedRule()
{
    return {
        "pipeline-owned",
        {"ワークフローの所有者に、サービスのチームが含まれるかを見ます。", "Whether the owners of the workflow files include the service's team."},
        {"CODEOWNERS を、GitHub は .github、ルート、docs の順に、GitLab はルート、docs、.gitlab の順に探し、最初のものだけを読みます。"
         "GitHub では最後に一致した行だけが有効で、所有者のない行は「所有者なし」です。GitLab では節ごとに最後の一致が有効です。"
         "チームの名前は service.yaml の owners で比べ、なければ team が最後の部分と同じときだけ一致とします。"
         "CODEOWNERS がなければ不明です。出典: GitHub と GitLab の文書。",
         "Reads the first CODEOWNERS found: .github, the root, docs on GitHub; the root, docs, .gitlab on GitLab. On GitHub the last match alone "
         "counts, and a line without owners leaves the file unowned; on GitLab the last match of each section counts. The team is told by `owners` of "
         "service.yaml, else only where `team` equals the last part of a handle. Without CODEOWNERS it is unknown. Source: the documentation of "
         "GitHub and GitLab."},
        {},
        judge,
        Rule::Source::Service,
    };
}

} // namespace tenken
