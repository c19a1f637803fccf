// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/verifyparts.h>

#include <evidence/evidence.h>
#include <evidence/git.h>

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

EvidenceFile compared(const Root &root, const QByteArray &digest, const QString &path)
{
    EvidenceFile file{path, EvidenceFile::State::Same, {}};
    if (!rootNameOf(path).isEmpty()) {
        file.state = EvidenceFile::State::Elsewhere;
        return file;
    }
    SourceFile now;
    const auto bytes = root.read(path, largestFile, &now);
    if (bytes) {
        file.state = now.sha256 == digest ? EvidenceFile::State::Same : EvidenceFile::State::Changed;
    } else if (!QFileInfo::exists(root.folder() + u'/' + path) && root.resolve(QStringLiteral("."))) {
        file.state = EvidenceFile::State::Removed;
    } else {
        file.state = EvidenceFile::State::Unreadable;
        file.words = bytes.error().message;
    }
    return file;
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

/// What would be read today and was not then. Load tests and snapshots, which take long to read, are left
/// out.
std::vector<EvidenceFile> newFiles(const QString &folder, const std::vector<EvidenceFile> &known)
{
    QSet<QString> paths;
    for (const EvidenceFile &file : known)
        paths.insert(file.path);
    ReadOptions options;
    options.onlyDeclared = true;
    const auto now = readEvidence(folder, options);
    std::vector<EvidenceFile> found;
    for (const SourceFile &file : now ? now->files : std::vector<SourceFile>()) {
        if (paths.contains(file.path) || !rootNameOf(file.path).isEmpty())
            continue;
        found.push_back({file.path, EvidenceFile::State::Added, {}});
        setWords(found.back(), {});
    }
    return found;
}

/// Lines of the list that name no file, or too many: what they say was not compared.
EvidenceFile oddLines(int count)
{
    return {QStringLiteral("evidence.sha256"), EvidenceFile::State::Unreadable,
            Text{"%1 行を比べられません", "%1 of its lines cannot be compared"}.arg(count)};
}

} // namespace

std::vector<EvidenceFile> compareEvidence(const QByteArray &evidenceDigests, const QString &folder,
                                          const QByteArray &commit)
{
    const Root root(folder);
    std::vector<EvidenceFile> files;
    int asked = 0, odd = 0;
    for (const QByteArray &line : evidenceDigests.split('\n')) {
        if (line.isEmpty())
            continue;
        if (line.size() < 67 || line.sliced(64, 2) != "  " || int(files.size()) >= mostFiles) {
            ++odd;
            continue;
        }
        EvidenceFile file = compared(root, line.first(64), QString::fromUtf8(line.sliced(66)));
        const bool moved =
            file.state == EvidenceFile::State::Changed || file.state == EvidenceFile::State::Removed;
        setWords(file, moved && ++asked <= mostAsked ? changer(folder, commit, file.path) : QString());
        files.push_back(std::move(file));
    }
    const auto added = newFiles(folder, files);
    files.insert(files.end(), added.begin(), added.end());
    if (odd > 0)
        files.push_back(oddLines(odd));
    std::ranges::stable_sort(files, {},
                             [](const EvidenceFile &f) { return f.state == EvidenceFile::State::Same; });
    return files;
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
    v.files = compareEvidence(*digests, options.repository, v.frozen->commit);
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
    add(CheckState::Ok,
        Text{"%1 ファイルとも、署名された時のままです。%2", "All %1 files are as they were signed.%2"}.arg(
            same, apart));
}

} // namespace tenken
