// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/verifyparts.h>

#include <evidence/evidence.h>
#include <evidence/git.h>
#include <review/reviewfile.h>

#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace tenken {

namespace {

constexpr int mostFiles = 20'000, mostAsked = 200;
constexpr qint64 largestFile = 1024 * 1024 * 1024;

bool isCommit(const QByteArray &commit)
{
    return (commit.size() == 40 || commit.size() == 64) && QByteArray::fromHex(commit).toHex() == commit;
}

/// Who changed a file last since the sign-off: "a5ccb16 Sato 2026-11-24"; empty where git knows of no commit.
QString changer(const QString &folder, const QByteArray &commit, const QString &path)
{
    if (!isCommit(commit))
        return {};
    const auto said = askGit(
        folder,
        {QStringLiteral("--literal-pathspecs"), QStringLiteral("rev-list"), QStringLiteral("--max-count=1"),
         QStringLiteral("--no-commit-header"), QStringLiteral("--format=%h %an %as"),
         QString::fromLatin1(commit) + QStringLiteral("..HEAD"), QStringLiteral("--"), path});
    return said ? visible(QString::fromUtf8(*said).trimmed()).left(200) : QString();
}

void setWords(EvidenceFile &file, const QString &by)
{
    switch (file.state) {
    case EvidenceFile::State::Same:
        file.words = {"変わっていません", "unchanged"};
        break;
    case EvidenceFile::State::Changed:
        file.words = by.isEmpty() ? Text{"署名の後に変わりました(未コミット)", "changed since sign-off, not committed"}
                                  : Text{"署名の後に変わりました: %1", "changed since sign-off by %1"}.arg(by);
        break;
    case EvidenceFile::State::Removed:
        file.words = by.isEmpty() ? Text{"署名の後になくなりました", "removed since sign-off"}
                                  : Text{"署名の後になくなりました: %1", "removed since sign-off by %1"}.arg(by);
        break;
    case EvidenceFile::State::Added:
        file.words = {"署名の後に加わりました", "new since sign-off"};
        break;
    case EvidenceFile::State::Unreadable:
        break; // says why already
    case EvidenceFile::State::Elsewhere:
        file.words = {"別のリポジトリにあり、比べていません", "in another repository, not compared"};
        break;
    }
}

/// A file as it is now, in the folder of its own root.
EvidenceFile compared(const Root &root, const QByteArray &digest, const QString &path, const QString &relative)
{
    EvidenceFile file{path, EvidenceFile::State::Same, {}};
    SourceFile now;
    const auto bytes = root.read(relative, largestFile, &now);
    if (bytes) {
        file.state = now.sha256 == digest ? EvidenceFile::State::Same : EvidenceFile::State::Changed;
    } else if (!QFileInfo::exists(root.folder() + u'/' + relative) && root.resolve(QStringLiteral("."))) {
        file.state = EvidenceFile::State::Removed;
    } else {
        file.state = EvidenceFile::State::Unreadable;
        file.words = bytes.error().message;
    }
    return file;
}

/// Lines of the list that name no file, or too many: what they say was not compared.
EvidenceFile oddLines(int count)
{
    return {QStringLiteral("evidence.sha256"), EvidenceFile::State::Unreadable,
            Text{"%1 行を比べられません", "%1 of its lines cannot be compared"}.arg(count)};
}

/// Compares the lines of evidence.sha256 with a folder, and with those beside it that may be read.
class FolderComparison
{
public:
    FolderComparison(const EvidenceThen &then, const QString &folder, const Evidence *now)
        : m_then(then), m_own(now ? now->folder : folder), m_roots(now ? rootsOf(*now) : Roots(m_own, {})), m_now(now)
    {
    }

    void lines();
    void answers();
    void added();
    std::vector<EvidenceFile> files;

private:
    bool isElsewhere(const QString &path) const;
    EvidenceFile fileOf(const QString &path, const QByteArray &digest);

    const EvidenceThen &m_then;
    Root m_own;
    Roots m_roots;
    const Evidence *m_now;
    int m_asked = 0;
};

/// A colon may be part of a file's name: only what was declared then is another folder.
bool FolderComparison::isElsewhere(const QString &path) const
{
    const QString name = rootNameOf(path);
    return !name.isEmpty() && (!m_then.roots || m_then.roots->contains(name));
}

EvidenceFile FolderComparison::fileOf(const QString &path, const QByteArray &digest)
{
    using State = EvidenceFile::State;
    QString relative = path;
    const Root *root = isElsewhere(path) ? m_roots.rootOf(path, &relative) : &m_own;
    if (!root || (isElsewhere(path) && root->folder() == m_own.folder())) { // not allowed here, or not declared now
        EvidenceFile file{path, State::Elsewhere, {}};
        setWords(file, {});
        return file;
    }
    EvidenceFile file = compared(*root, digest, path, relative);
    const bool moved = file.state == State::Changed || file.state == State::Removed;
    if (root->folder() == m_own.folder())
        setWords(file, moved && ++m_asked <= mostAsked ? changer(m_own.folder(), m_then.commit, path) : QString());
    else if (file.state == State::Changed) // the commit that was signed is the service's
        file.words = {"署名の後に変わりました", "changed since sign-off"};
    else
        setWords(file, {});
    return file;
}

void FolderComparison::lines()
{
    int odd = 0;
    for (const QByteArray &line : m_then.digests.split('\n')) {
        if (line.isEmpty())
            continue;
        if (line.size() < 67 || line.sliced(64, 2) != "  " || int(files.size()) >= mostFiles)
            ++odd;
        else
            files.push_back(fileOf(QString::fromUtf8(line.sliced(66)), line.first(64)));
    }
    if (odd > 0)
        files.push_back(oddLines(odd));
}

/// The sign-off stands on people's answers as much as on the evidence.
void FolderComparison::answers()
{
    const QString path = QString::fromLatin1(reviewPath);
    if (!m_then.answers)
        return;
    if (!m_then.answers->isEmpty())
        return files.push_back(fileOf(path, *m_then.answers));
    if (QFileInfo(m_own.folder() + u'/' + path).size() == 0) // none, then as now
        return;
    files.push_back({path, EvidenceFile::State::Added, {}});
    setWords(files.back(), {});
}

/// What would be read today and was not then. Of a snapshot, which takes long to read, the names are enough.
void FolderComparison::added()
{
    if (!m_now)
        return;
    QSet<QString> known;
    for (const EvidenceFile &file : files)
        known.insert(file.path);
    QSet<QString> roots; // of others, only those that could be read then are compared
    for (const EvidenceFile &file : files)
        roots.insert(isElsewhere(file.path) ? rootNameOf(file.path) : QString());
    QStringList paths = filesLeftOut(*m_now);
    for (const SourceFile &file : m_now->files)
        paths << file.path;
    for (const QString &path : std::as_const(paths)) {
        const bool elsewhere =
            std::ranges::contains(m_now->roots, rootNameOf(path), [](const SourceRoot &r) { return r.name; });
        if (known.contains(path) || (elsewhere && !roots.contains(rootNameOf(path))))
            continue;
        known.insert(path);
        files.push_back({path, EvidenceFile::State::Added, {}});
        setWords(files.back(), {});
    }
}

/// Nothing where the commit is an ancestor of what is checked out; otherwise what is wrong.
Text commitProblem(const QString &folder, const QByteArray &commit)
{
    if (!isCommit(commit))
        return {"署名した時、サービスは git の外にありました。", "The service was outside git when it was signed."};
    const QString name = QString::fromLatin1(commit);
    const QString brief = name.left(10);
    if (!askGit(folder,
                {QStringLiteral("cat-file"), QStringLiteral("-e"), name + QStringLiteral("^{commit}")}))
        return Text{"コミット %1 がこのリポジトリにありません。", "The commit %1 is not in this repository."}.arg(brief);
    if (!askGit(
            folder,
            {QStringLiteral("merge-base"), QStringLiteral("--is-ancestor"), name, QStringLiteral("HEAD")}))
        return Text{"いまの HEAD は、署名されたコミット %1 の後ではありません。",
                    "HEAD does not follow the signed commit %1."}
            .arg(brief);
    return {};
}

int countOf(const std::vector<EvidenceFile> &files, EvidenceFile::State state)
{
    return int(std::ranges::count(files, state, &EvidenceFile::state));
}

} // namespace

EvidenceNow compareEvidence(const EvidenceThen &then, const QString &folder, const Permissions &permissions)
{
    ReadOptions options;
    options.onlyDeclared = true;
    options.permissions.roots = permissions.roots; // nothing is rendered for a comparison
    const auto now = readEvidence(folder, options);
    FolderComparison comparison(then, folder, now ? &*now : nullptr);
    comparison.lines();
    comparison.answers();
    comparison.added();
    std::ranges::stable_sort(comparison.files, {},
                             [](const EvidenceFile &f) { return f.state == EvidenceFile::State::Same; });
    return {std::move(comparison.files), now ? now->service.id : QString()};
}

void checkRepository(Verification &v, const VerifyOptions &options)
{
    const Text title{"いまの証拠", "The evidence now"};
    const auto add = [&](CheckState state, const Text &words) {
        v.checks.push_back({QStringLiteral("repository"), state, title, words});
    };
    if (options.repository.isEmpty())
        return add(CheckState::NotAsked,
                   {"リポジトリが指定されていないので、比べていません。",
                    "No repository was given to compare with."});
    const QByteArray *digests = v.container.bodyFile("evidence.sha256");
    if (!digests || !v.frozen)
        return add(CheckState::Bad, {"証拠の一覧がありません。", "There is no list of evidence."});
    EvidenceNow now = compareEvidence({*digests, v.frozen->commit, v.says.roots, v.frozen->answers},
                                      options.repository, options.permissions);
    v.files = std::move(now.files);
    if (!now.service.isEmpty() && now.service != v.frozen->service)
        return add(CheckState::Bad, Text{"フォルダーはサービス %1 のもので、レビューは %2 のものです。",
                                         "The folder is of the service %1, the review is of %2."}
                                        .arg(now.service, v.frozen->service));
    using State = EvidenceFile::State;
    const int changed = countOf(v.files, State::Changed), removed = countOf(v.files, State::Removed),
              added = countOf(v.files, State::Added), unreadable = countOf(v.files, State::Unreadable);
    const int same = countOf(v.files, State::Same), elsewhere = countOf(v.files, State::Elsewhere);
    const Text apart = elsewhere == 0 ? Text()
                                      : Text{" 別のリポジトリの %1 ファイルは比べていません。",
                                             " %1 files of other repositories were not compared."}
                                            .arg(elsewhere);
    if (changed + removed + added + unreadable > 0)
        return add(CheckState::Changed,
                   Text{"署名の後に変わった %1、なくなった %2、加わった %3、読めない %4。%5",
                        "Since sign-off: %1 changed, %2 removed, %3 new, %4 not readable.%5"}
                       .arg(changed, removed, added, unreadable, apart));
    if (same == 0)
        return add(CheckState::Changed, {"比べられる証拠がありません。", "There is no evidence that could be compared."});
    const bool allOutside = v.frozen->commit.isEmpty();
    if (const Text problem = commitProblem(options.repository, v.frozen->commit);
        !problem.isEmpty() && !allOutside)
        return add(CheckState::Changed, problem);
    if (elsewhere > 0)
        return add(CheckState::NotAsked,
                   Text{"%1 ファイルは署名された時のままです。%2`tenken roots allow FOLDER` "
                        "で許すと比べられます。",
                        "%1 files are as they were signed.%2 Allow their folders with `tenken roots allow FOLDER` "
                        "to compare them, too."}
                       .arg(same, apart));
    add(CheckState::Ok,
        Text{"%1 ファイルとも、署名された時のままです。%2", "All %1 files are as they were signed.%2"}.arg(
            same, apart));
}

} // namespace tenken
