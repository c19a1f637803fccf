// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <history/timeline.h>

#include <evidence/git.h>
#include <review/reviewfile.h>
#include <signoff/container.h>

#include <QDir>
#include <QFile>

#include <algorithm>

namespace tenken {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRevisions = 100, mostDocuments = 500;

Result<QByteArray> bytesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure({path, {}, Text{"読めません。%1", "It cannot be read: %1"}.arg(file.errorString()), {}});
    if (file.size() > largestPdf)
        return failure({path, {}, {"大きすぎます。", "It is too large."}, {}});
    return file.readAll();
}

Result<HistoryEntry> documentEntry(const QString &folder, const QString &name)
{
    HistoryEntry entry;
    entry.file = u"%1/%2"_s.arg(QLatin1StringView(signedFolder), name);
    const auto bytes = bytesOf(QDir(folder).filePath(entry.file));
    if (!bytes)
        return std::unexpected(bytes.error());
    const auto container = readContainer(*bytes);
    if (!container)
        return std::unexpected(Problem{entry.file, {}, container.error().message, container.error().hint});
    const QByteArray *json = container->bodyFile("review.json");
    if (!json)
        return failure({entry.file, {}, {"review.json が付いていません。", "It carries no review.json."},
                        {"Tenken が書き出した文書だけを置いてください。", "Keep only documents that Tenken wrote there."}});
    auto past = readPastReview(*json, entry.file);
    if (!past)
        return std::unexpected(past.error());
    entry.at = past->judgedAt;
    entry.review = std::move(*past);
    for (const SignedStatement &s : container->statements) {
        const auto statement = readStatement(s.statement);
        if (!statement)
            continue;
        entry.signatures.push_back({statement->role, statement->name.isEmpty() ? statement->identity : statement->name,
                                    toString(statement->decision), statement->signedAt});
    }
    return entry;
}

void addDocuments(ReviewHistory &history, const QString &folder)
{
    const QDir signedDocuments(QDir(folder).filePath(QLatin1StringView(signedFolder)));
    const QStringList names = signedDocuments.entryList({u"*.pdf"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names.first(std::min<qsizetype>(names.size(), mostDocuments))) {
        if (auto entry = documentEntry(folder, name))
            history.entries.push_back(std::move(*entry));
        else
            history.problems.push_back(std::move(entry.error()));
    }
}

/// The items whose answers, waivers or actions differ.
QStringList changedItems(const Review &before, const Review &after)
{
    QStringList changed;
    for (const ItemReview &is : after.items) {
        const ItemReview *was = before.item(is.id);
        if (was ? !(*was == is) : !is.isEmpty())
            changed << is.id;
    }
    return changed;
}

std::optional<Review> reviewAt(const QString &folder, const QString &commit, const Service &service, const Checklist &checklist)
{
    const auto bytes = askGit(folder, {u"show"_s, u"--end-of-options"_s, u"%1:./%2"_s.arg(commit, QLatin1StringView(reviewPath))});
    if (!bytes)
        return {};
    const auto read = parseReview(*bytes, service, checklist);
    return read ? std::optional(read->review) : std::nullopt;
}

void addRevisions(ReviewHistory &history, const QString &folder, const Service &service, const Checklist &checklist)
{
    if (!isInGit(folder))
        return;
    const auto log = askGit(folder, {u"log"_s, u"--full-history"_s, u"--no-show-signature"_s, u"-n%1"_s.arg(mostRevisions + 1), u"--format=%H%x1f%aI%x1f%an%x1f%s"_s, u"--"_s,
                                     QString::fromLatin1(reviewPath)});
    if (!log)
        return; // no commit yet
    QList<QStringList> lines;
    for (const QString &line : QString::fromUtf8(*log).split(u'\n', Qt::SkipEmptyParts)) {
        if (const QStringList fields = line.split(QChar(0x1f)); fields.size() == 4)
            lines << fields;
    }
    history.cut = lines.size() > mostRevisions;
    for (qsizetype i = 0; i < std::min<qsizetype>(lines.size(), mostRevisions); ++i) {
        const QStringList &fields = lines[i];
        // Side by side in two clones: what a commit changed is told by its own parent, not by the line below it.
        const auto after = reviewAt(folder, fields[0], service, checklist);
        const auto before = reviewAt(folder, fields[0] + u'^', service, checklist);
        HistoryEntry entry;
        entry.kind = HistoryEntry::Kind::Revision;
        entry.commit = fields[0].first(std::min<qsizetype>(fields[0].size(), 12));
        entry.at = QDateTime::fromString(fields[1], Qt::ISODate);
        entry.author = fields[2];
        entry.subject = fields[3];
        if (after)
            entry.items = changedItems(before.value_or(Review()), *after);
        history.entries.push_back(std::move(entry));
    }
}

} // namespace

ReviewHistory readHistory(const QString &folder, const Service &service, const Checklist &checklist)
{
    ReviewHistory history;
    addDocuments(history, folder);
    addRevisions(history, folder, service, checklist);
    std::ranges::stable_sort(history.entries, std::greater(), &HistoryEntry::at);
    return history;
}

const HistoryEntry *latestDocument(const ReviewHistory &history, const QDateTime &before)
{
    const auto it = std::ranges::find_if(history.entries, [&](const HistoryEntry &e) {
        return e.kind == HistoryEntry::Kind::Document && e.review && (!before.isValid() || e.at < before);
    });
    return it == history.entries.end() ? nullptr : &*it;
}

} // namespace tenken
