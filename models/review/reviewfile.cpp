// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/reviewfile.h>

#include <review/reviewkeys.h>
#include <review/reviewreader.h>
#include <review/reviewwriter.h>
#include <review/stale.h>
#include <review/yamltext.h>

#include <QFileInfo>
#include <QMap>

namespace tenken {

namespace {

const Text staysAsItIs{"直すまで、Tenken はこのファイルに書きません。",
                       "Tenken does not write to this file until it is mended."};

Problem problemAt(const Span &span, const Text &message, const Text &hint)
{
    return {QString::fromLatin1(reviewPath), span, message, hint};
}

/// Text that Tenken writes is always indented, so a marker at the start of a line is git's.
std::optional<Problem> conflictMarkers(const QByteArray &bytes)
{
    int number = 0;
    for (const QByteArray &line : bytes.split('\n')) {
        ++number;
        if (!line.startsWith("<<<<<<<") && !line.startsWith("=======") && !line.startsWith(">>>>>>>"))
            continue;
        return problemAt(
            {number, 1, number, 8},
            Text{"git の競合の印が %1 行目にあります。", "Line %1 has a git conflict marker."}.arg(number),
            {"競合を解いてから、読み直してください。それまで Tenken はこのファイルに書きません。",
             "Resolve the conflict, then read again. Until then Tenken does not write to this file."});
    }
    return std::nullopt;
}

/// Why the file as a whole cannot be taken for a review, or nothing.
std::optional<Problem> refusal(const YamlFile &file)
{
    // A key that stands twice would lose one of its values on the next save.
    for (const auto *problems : {&file.errors(), &file.warnings()}) {
        if (!problems->empty()) {
            Problem problem = problems->front();
            problem.hint = problem.hint.isEmpty()
                ? staysAsItIs
                : Text{problem.hint.ja + QStringLiteral("。") + staysAsItIs.ja,
                       problem.hint.en + QStringLiteral(". ") + staysAsItIs.en};
            return problem;
        }
    }
    if (file.documents().empty())
        return std::nullopt;
    const Yaml root = file.documents().front();
    if (file.documents().size() > 1)
        return problemAt(file.documents()[1].span(),
                         {"文書が2つあります。", "There is more than one document."}, staysAsItIs);
    if (!root.isMap())
        return problemAt(root.span(), {"レビューではありません。", "This is no review."}, staysAsItIs);
    if (auto problem = complaint(Shape::Map, root["items"], QString::fromLatin1(reviewPath)))
        return problem;
    if (!root["items"].exists()) {
        for (const auto &[key, value] : root.entries()) {
            if (!value.isNull() && didYouMean(key.string(), {QStringLiteral("items")}))
                return problemAt(key.span(),
                                 Text{"知らないキー「%1」です。回答は `items` に書きます。",
                                      "Unknown key \"%1\": the answers stand under `items`."}
                                     .arg(key.string().left(60)),
                                 staysAsItIs);
        }
    }
    const QString format = root["format"].string();
    if (!format.isEmpty() && format != u"tenken.review/1")
        return problemAt(
            root["format"].span(),
            Text{"書式 %1 は、この版の Tenken では読めません。", "This Tenken cannot read the format %1."}
                .arg(format),
            {"新しい Tenken で開いてください。", "Open it with a newer Tenken."});
    return std::nullopt;
}

/// Answers to something else say nothing here: why they are not taken, or nothing.
std::optional<Problem> ofAnother(const Yaml &root, const Review &review, const Service &service,
                                 const Checklist &checklist)
{
    if (!review.serviceId.isEmpty() && review.serviceId != service.id)
        return problemAt(root["service"].span(),
                         Text{"レビューは %1 のもので、%2 のものではありません。回答は数えません。",
                              "The review is of %1, not of %2: its answers do not count."}
                             .arg(review.serviceId, service.id),
                         {"このサービスのレビューなら `service` を直してください。それまで Tenken はこのファイルに書きません。",
                          "If it is this service's, mend `service`. Until then Tenken does not write to this file."});
    if (!review.checklistId.isEmpty() && review.checklistId != checklist.id)
        return problemAt(root["checklist"].span(),
                         Text{"レビューはチェックリスト %1 に答えています。今は %2 です。回答は数えません。",
                              "The review answers the checklist %1; it is %2 now: its answers do not count."}
                             .arg(review.checklistId, checklist.id),
                         {"同じ問いなら `checklist` を直してください。それまで Tenken はこのファイルに書きません。",
                          "If the questions are the same, mend `checklist`. Until then Tenken does not write to this "
                          "file."});
    return std::nullopt;
}

/// A version of the same checklist is told: its change log says what is asked anew.
void compareVersions(const Yaml &root, const QString &found, const QString &expected, std::vector<Problem> &problems)
{
    if (found.isEmpty() || found == expected)
        return;
    problems.push_back(problemAt(root["version"].span(),
                                 Text{"回答は版 %1 へのものです。チェックリストは今 %2 です。",
                                      "The answers are to version %1; the checklist is at %2 now."}
                                     .arg(found, expected),
                                 {"回答を確かめてください。", "Check that the answers still hold."}));
}

/// A file that names no version: nobody can tell what its answers answer, unless they tell it themselves.
void doubtVersion(const Yaml &root, Review &review, const QString &checklistId, std::vector<Problem> &problems)
{
    bool any = false;
    const auto doubt = [&](auto &answer) {
        if (toString(answer.answer).isEmpty() || !answer.asked.isEmpty())
            return;
        answer.asked = checklistId + u' ' + noVersion.toString();
        any = true;
    };
    for (ItemReview &item : review.items) {
        doubt(item.team);
        doubt(item.reviewer);
    }
    if (any)
        problems.push_back(problemAt(root.span(),
                                     {"`version` がないため、どの版への回答か分かりません。",
                                      "`version` is missing, so nobody can tell which version the answers are to."},
                                     {"回答を確かめて、もう一度答えてください。", "Look at the answers, and give them again."}));
}

void nameUnknownItems(const Yaml &root, const Checklist &checklist, std::vector<Problem> &problems)
{
    QStringList known;
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items)
            known.append(item.id);
    }
    for (Problem &problem : unknownKeys(root["items"], known, QString::fromLatin1(reviewPath))) {
        if (problem.hint.en.size() > 200) // all of a long checklist helps nobody
            problem.hint = {"`tenken check DIR --format json` が全項目の id を出します",
                            "`tenken check DIR --format json` lists the ids of all items"};
        problems.push_back(std::move(problem));
    }
}

/// Every value under a key that Tenken does not know, by its path: what a save must not lose.
QMap<QString, QByteArray> unknownValues(Yaml root, const Review &review)
{
    QMap<QString, QByteArray> values;
    const auto collect = [&](const QString &path, Yaml map, std::span<const Key> keys) {
        const QStringList known = namesOf(keys);
        for (const auto &[key, value] : map.entries()) {
            if (!known.contains(key.string()))
                values.insert(path + u'/' + QString::fromUtf8(yamlFlow(key)), yamlFlow(value));
        }
    };
    collect({}, root, topKeys);
    for (const ItemReview &item : review.items) {
        const Yaml block = root["items"][item.id.toStdString()];
        collect(item.id, block, itemKeys);
        collect(item.id + QStringLiteral("/team"), block["team"], teamKeys);
        collect(item.id + QStringLiteral("/reviewer"), block["reviewer"], reviewerKeys);
    }
    return values;
}

Yaml rootOf(const YamlFile &file)
{
    return file.errors().empty() && file.documents().size() == 1 ? file.documents().front() : Yaml();
}

/// Whether bytes read back as this review.
bool saysTheSame(const QByteArray &bytes, const Review &review)
{
    const auto file = YamlFile::parse(bytes, {});
    return !refusal(*file) && reviewFrom(rootOf(*file), {}).value == review;
}

} // namespace

Result<ReviewFile> parseReview(const QByteArray &bytes, const Service &service, const Checklist &checklist)
{
    if (auto marker = conflictMarkers(bytes))
        return failure(std::move(*marker));
    const auto file = YamlFile::parse(bytes, QString::fromLatin1(reviewPath));
    if (auto problem = refusal(*file))
        return failure(std::move(*problem));

    ReviewFile read;
    read.base = bytes;
    const Yaml root = rootOf(*file);
    Partial<Review> values = reviewFrom(root, file->name());
    read.review = std::move(values.value);
    read.problems = std::move(values.problems);
    Review &review = read.review;
    if (auto problem = ofAnother(root, review, service, checklist))
        return failure(std::move(*problem));
    compareVersions(root, review.checklistVersion, checklist.version, read.problems);
    if (review.checklistVersion.isEmpty())
        doubtVersion(root, review, checklist.id, read.problems);
    nameUnknownItems(root, checklist, read.problems);
    for (auto [value, known] : {std::pair(&review.serviceId, service.id), {&review.checklistId, checklist.id},
                                {&review.checklistVersion, checklist.version}}) {
        if (value->isEmpty())
            *value = known;
    }
    alignWith(review, checklist);
    return read;
}

Result<QByteArray> reviewBytes(const QString &folder)
{
    const QString path = QString::fromLatin1(reviewPath);
    const QFileInfo info(folder + u'/' + path);
    if (!info.exists() && !info.isSymLink())
        return QByteArray();
    return Root(folder).read(path, YamlLimits().bytes);
}

Result<ReviewFile> readReview(const QString &folder, const Service &service, const Checklist &checklist)
{
    const Result<QByteArray> bytes = reviewBytes(folder);
    if (!bytes)
        return failure(bytes.error());
    return parseReview(*bytes, service, checklist);
}

QByteArray writeReview(const Review &review, const QByteArray &base)
{
    const auto file = YamlFile::parse(base, {});
    const Yaml root = rootOf(*file);
    const QByteArray bytes = ReviewWriter(root, base, ReviewWriter::Keep::Lines).write(review);
    const auto written = YamlFile::parse(bytes, {});
    if (saysTheSame(bytes, review) && unknownValues(rootOf(*written), review) == unknownValues(root, review))
        return bytes;
    return ReviewWriter(root, base, ReviewWriter::Keep::Values).write(review);
}

Result<QByteArray> saveReview(const QString &folder, const Review &review, const QByteArray &base)
{
    const QByteArray bytes = writeReview(review, base);
    if (!saysTheSame(bytes, review)) {
        return failure(
            problemAt({},
                      {"この内容は、読み戻せる形で書けません。",
                       "This review could not be read back, so it was not written."},
                      {"メモが大きすぎないか確かめてください。", "Check whether a note is too large."}));
    }
    const QString path = folder + u'/' + QString::fromLatin1(reviewPath);
    if (Result<void> written = writeAtomically(path, bytes); !written)
        return failure(written.error());
    return bytes;
}

} // namespace tenken
