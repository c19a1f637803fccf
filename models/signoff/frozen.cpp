// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/frozen.h>

#include <evidence/git.h>
#include <review/reviewfile.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

#include <algorithm>

namespace tenken {

namespace {

constexpr qsizetype largestReview = 64 * 1024 * 1024;
constexpr int mostListed = 20'000, mostRoles = 12;

Subject checklistSubject(const QString &name, const QByteArray &bytes)
{
    return {subject::checklist + name, sha256Hex(bytes)};
}

/// The files that asked: those of the service, and those that come with the program.
std::vector<Subject> checklistSubjects(const Evidence &evidence, const Checklist &checklist)
{
    std::vector<Subject> subjects;
    for (const auto &file : evidence.checklists)
        subjects.push_back(checklistSubject(file->name(), file->text()));
    QStringList ids{checklist.id};
    for (const QString &base : checklist.bases)
        ids << base.section(u' ', 0, 0);
    for (const QString &id : ids) {
        QFile builtin(QStringLiteral(":/checklists/%1.yaml").arg(id));
        if (!id.contains(u'/') && builtin.open(QIODevice::ReadOnly))
            subjects.push_back(checklistSubject(id + QStringLiteral(".yaml"), builtin.readAll()));
    }
    std::ranges::sort(subjects, {}, &Subject::name);
    const auto twice = std::ranges::unique(subjects, {}, &Subject::name);
    subjects.erase(twice.begin(), twice.end());
    return subjects;
}

void endSooner(Frozen &frozen, const QDate &last, const Text &because)
{
    if (!last.isValid() || last >= frozen.validUntil)
        return;
    frozen.validUntil = last;
    frozen.validBecause = because;
}

/// A document that says GO must not be taken for one on a day that it says is NO-GO.
void endBeforeDrop(Frozen &frozen, const Outcome &outcome)
{
    for (const ForecastDay &change : outcome.forecast) {
        if (int(change.decision) > int(outcome.decision))
            endSooner(frozen, change.day.addDays(-1),
                      Text{"翌日に %1 になるため: %2", "the day after, it drops to %1: %2"}.arg(
                          label(change.decision), change.why));
    }
}

/// Only what was taken in: a waiver that does not count changes nothing by ending.
void endWithWaivers(Frozen &frozen, const ItemStanding &is)
{
    const Text because = Text{"%1 の免除の期限", "the waiver of %1"}.arg(is.item->id);
    if (is.waiver)
        endSooner(frozen, is.waiver->expires, because);
    if (!is.result)
        return;
    for (const Finding &finding : is.result->findings) {
        if (finding.waived)
            endSooner(frozen, finding.waived->expires, because);
    }
    for (const Loosening &loosening : is.result->loosened) {
        if (loosening.waived)
            endSooner(frozen, loosening.waived->expires, because);
    }
}

void setValidity(Frozen &frozen, const Outcome *outcome)
{
    frozen.validUntil = frozen.judgedAt.date().addDays(frozen.rule.validDays);
    frozen.validBecause = Text{"チェックリストの有効期間 %1 日", "the checklist's %1 days"}.arg(frozen.rule.validDays);
    if (!outcome)
        return;
    endBeforeDrop(frozen, *outcome);
    for (const ItemStanding &is : outcome->items)
        endWithWaivers(frozen, is);
}

bool isListed(const QString &path, const QStringList &list)
{
    return std::ranges::any_of(list, [&](QString one) {
        while (one.endsWith(u'/'))
            one.chop(1);
        return one == u"." || path == one || path.startsWith(one + u'/');
    });
}

struct Differing {
    QString path;
    bool inGit = false;      ///< git has it, with other bytes
};

/// Each root is a work tree of its own.
std::vector<Differing> notCommitted(const Evidence &evidence, const std::vector<SourceFile> &files)
{
    const Roots roots = rootsOf(evidence);
    QMap<const Root *, std::vector<SourceFile>> byRoot;
    QHash<QString, QString> named;
    std::vector<Differing> differing;
    for (const SourceFile &file : files) {
        SourceFile own = file;
        const Root *root = roots.rootOf(file.path, &own.path);
        if (!root)
            differing.push_back({file.path, false});
        else
            byRoot[root].push_back(own);
        named.insert(QStringLiteral("%1 %2").arg(quintptr(root)).arg(own.path), file.path);
    }
    for (auto it = byRoot.begin(); it != byRoot.end(); ++it) {
        const QStringList paths = filesNotInHead(*it.key(), it.value());
        const QStringList inGit = comparableInHead(*it.key(), paths);
        for (const QString &path : paths)
            differing.push_back({named.value(QStringLiteral("%1 %2").arg(quintptr(it.key())).arg(path)),
                                 inGit.contains(path)});
    }
    std::ranges::sort(differing, {}, &Differing::path);
    return differing;
}

/// What was judged: the evidence, and the answers.
std::vector<SourceFile> judgedFiles(const Evidence &evidence, const std::optional<QByteArray> &answers)
{
    std::vector<SourceFile> files = evidence.files;
    if (answers && !answers->isEmpty())
        files.push_back({QString::fromLatin1(reviewPath), *answers, 0, {}});
    return files;
}

} // namespace

Frozen sketch(const Evidence &evidence, const Checklist &checklist, const Outcome *outcome,
              const QDateTime &judgedAt)
{
    Frozen frozen;
    frozen.service = evidence.service.id;
    frozen.judgedAt = judgedAt;
    frozen.reviewId =
        QStringLiteral("%1-%2-%3")
            .arg(frozen.service, judgedAt.toUTC().toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'")),
                 QString::fromLatin1(evidence.digest().left(8)));
    frozen.rule = checklist.signOff;
    frozen.version =
        evidence.gitCommit.isEmpty() ? judgedAt.date().toString(Qt::ISODate) : evidence.gitCommit;
    setValidity(frozen, outcome);
    return frozen;
}

Frozen freeze(const Evidence &evidence, const Checklist &checklist, const Outcome *outcome,
              const QDateTime &judgedAt, const FreezeOptions &options)
{
    Frozen frozen = sketch(evidence, checklist, outcome, judgedAt);
    frozen.checklists = checklistSubjects(evidence, checklist);
    if (const auto commit = askGit(evidence.folder,
                                   {QStringLiteral("rev-parse"), QStringLiteral("--quiet"),
                                    QStringLiteral("--verify"), QStringLiteral("HEAD")}))
        frozen.commit = commit->trimmed();
    if (!options.version.isEmpty())
        frozen.version = options.version;
    else if (const auto tag = askGit(evidence.folder,
                                     {QStringLiteral("describe"), QStringLiteral("--tags"),
                                      QStringLiteral("--exact-match"), QStringLiteral("HEAD")}))
        frozen.version = QString::fromUtf8(*tag).trimmed();
    frozen.answers = options.answers;
    for (const Differing &file : notCommitted(evidence, judgedFiles(evidence, options.answers))) {
        if (file.inGit)
            frozen.changed << file.path;
        // Other bytes than the committed ones are no file outside git.
        const bool outside = !file.inGit && isListed(file.path, options.outsideGit);
        (outside ? frozen.outsideGit : frozen.uncommitted) << file.path;
    }
    return frozen;
}

QJsonObject frozenObject(const Frozen &frozen)
{
    const auto both = [](const Text &text) { return QJsonObject{{"ja", text.ja}, {"en", text.en}}; };
    QJsonArray roles, checklists;
    for (const SignOffRole &role : frozen.rule.roles)
        roles.append(QJsonObject{{"role", role.role}, {"title", both(role.title)}, {"people", role.people}});
    for (const Subject &file : frozen.checklists)
        checklists.append(QJsonObject{{"name", file.name}, {"sha256", QString::fromLatin1(file.digest)}});
    QJsonObject object{{"reviewId", frozen.reviewId},
            {"service", frozen.service},
            {"version", frozen.version},
            {"commit", QString::fromLatin1(frozen.commit)},
            {"judgedAt", frozen.judgedAt.toUTC().toString(Qt::ISODate)},
            {"validUntil", frozen.validUntil.toString(Qt::ISODate)},
            {"validBecause", both(frozen.validBecause)},
            {"roles", roles},
            {"people", frozen.rule.people},
            {"checklists", checklists},
            {"uncommitted", QJsonArray::fromStringList(frozen.uncommitted)},
            {"outsideGit", QJsonArray::fromStringList(frozen.outsideGit)}};
    if (!frozen.changed.isEmpty())
        object.insert(QStringLiteral("changed"), QJsonArray::fromStringList(frozen.changed));
    if (frozen.answers)
        object.insert(QStringLiteral("answers"), QString::fromLatin1(*frozen.answers));
    return object;
}

namespace {

Text textOf(const QJsonValue &value)
{
    return {value[u"ja"].toString().left(200), value[u"en"].toString().left(200)};
}

QStringList stringsOf(const QJsonValue &value)
{
    QStringList list;
    for (const QJsonValue &entry : value.toArray()) {
        if (list.size() < mostListed)
            list << entry.toString();
    }
    return list;
}

} // namespace

Result<Frozen> readFrozen(const QByteArray &reviewJson)
{
    const QJsonObject root =
        reviewJson.size() <= largestReview ? QJsonDocument::fromJson(reviewJson).object() : QJsonObject();
    const QJsonObject o = root[u"signOff"].toObject();
    Frozen f;
    f.reviewId = o[u"reviewId"].toString();
    f.service = o[u"service"].toString();
    f.version = o[u"version"].toString();
    f.commit = o[u"commit"].toString().toLatin1();
    f.judgedAt = QDateTime::fromString(o[u"judgedAt"].toString(), Qt::ISODate);
    f.validUntil = QDate::fromString(o[u"validUntil"].toString(), Qt::ISODate);
    f.validBecause = textOf(o[u"validBecause"]);
    f.rule.roles.clear();
    bool good =
        !f.reviewId.isEmpty() && !f.service.isEmpty() && f.judgedAt.isValid() && f.validUntil.isValid();
    for (const QJsonValue &role : o[u"roles"].toArray()) {
        f.rule.roles.push_back(
            {role[u"role"].toString(), textOf(role[u"title"]), std::clamp(role[u"people"].toInt(1), 1, 20)});
        good = good && isRoleName(f.rule.roles.back().role) && f.rule.roles.size() <= mostRoles;
    }
    f.rule.people = std::clamp(o[u"people"].toInt(1), 1, 20);
    for (const QJsonValue &file : o[u"checklists"].toArray()) {
        if (f.checklists.size() < 20)
            f.checklists.push_back({file[u"name"].toString(), file[u"sha256"].toString().toLatin1()});
    }
    f.uncommitted = stringsOf(o[u"uncommitted"]);
    f.changed = stringsOf(o[u"changed"]);
    f.outsideGit = stringsOf(o[u"outsideGit"]);
    if (o[u"answers"].isString())
        f.answers = o[u"answers"].toString().toLatin1();
    if (root[u"format"].toString().startsWith(u"tenken.review/") && good && !f.rule.roles.empty())
        return f;
    return failure(
        {QStringLiteral("review.json"),
         {},
         {"署名できるレビューの文書ではありません。", "It is no document of a review that can be signed."},
         {"`tenken export` で書き出した PDF を指してください。", "Name a PDF that `tenken export` wrote."}});
}

} // namespace tenken
