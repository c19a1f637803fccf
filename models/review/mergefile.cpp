// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/mergefile.h>

#include <review/conflicttext.h>
#include <review/reviewreader.h>

#include <algorithm>

namespace tenken {

namespace {

/// One side: its values, and what of it is no value of ours.
struct Side {
    Review review;
    QByteArrayList extras;       ///< comments, and keys and values that are not understood
};

qsizetype indentOf(const QByteArray &line)
{
    qsizetype indent = 0;
    while (indent < line.size() && line[indent] == ' ')
        ++indent;
    return indent;
}

/// A line of the file and what stands deeper below it: a key with all of its value.
QByteArray blockAt(const QByteArrayList &lines, int number)
{
    if (number < 1 || number > lines.size())
        return {};
    QByteArray block = lines[number - 1];
    for (qsizetype i = number; i < lines.size(); ++i) {
        if (!lines[i].trimmed().isEmpty() && indentOf(lines[i]) <= indentOf(lines[number - 1]))
            break;
        block += '\n' + lines[i];
    }
    return block.trimmed();
}

QByteArrayList extrasOf(const QByteArray &bytes, const std::vector<Problem> &problems)
{
    QByteArrayList extras;
    const QByteArrayList lines = bytes.split('\n');
    for (const QByteArray &line : lines) {
        const QByteArray text = line.trimmed();
        if (text.startsWith('#')
            || text.contains(" #")) // a note's text may look so too: then git merges lines
            extras << text;
    }
    for (const Problem &problem : problems)
        extras << problem.message.en.toUtf8() + '\n' + blockAt(lines, problem.span.line);
    return extras;
}

std::optional<Side> sideOf(const QByteArray &bytes)
{
    if (hasConflictMarkers(bytes))
        return {};
    const auto file = YamlFile::parse(bytes, QString::fromLatin1(reviewPath));
    const bool empty = file->documents().empty();
    if (!file->errors().empty() || !file->warnings().empty() || file->documents().size() > 1)
        return {};
    const Yaml root = empty ? Yaml() : file->documents().front();
    if (!empty && (!root.isMap() || root["format"].string() != u"tenken.review/1" || !root["items"].isMap()))
        return {};
    Partial<Review> read = reviewFrom(root, {});
    return Side{std::move(read.value), extrasOf(bytes, read.problems)};
}

/// The side whose text everything else is written into; null where either would lose something.
const QByteArray *keptOf(const Side &base, const Side &ours, const Side &theirs, const QByteArray &oursText,
                         const QByteArray &theirsText)
{
    if (theirs.extras == base.extras || theirs.extras == ours.extras)
        return &oursText;
    return ours.extras == base.extras ? &theirsText : nullptr;
}

} // namespace

std::optional<MergedFile> mergeFiles(const QByteArray &base, const QByteArray &ours, const QByteArray &theirs)
{
    const auto b = sideOf(base), o = sideOf(ours), t = sideOf(theirs);
    if (!b || !o || !t)
        return {};
    const QByteArray *kept = keptOf(*b, *o, *t, ours, theirs);
    if (!kept)
        return {};
    const auto taking = [&](MergeSide side) {
        return mergeWith(b->review, o->review, t->review,
                         [side](int, const MergeConflict &) { return side; });
    };
    MergedReview merged = taking(MergeSide::Ours);
    MergedFile file{writeReview(merged.review, *kept), std::move(merged.conflicts)};
    if (!file.conflicts.empty())
        file.bytes = joinConflicts({writeReview(taking(MergeSide::Base).review, *kept), file.bytes,
                                    writeReview(taking(MergeSide::Theirs).review, *kept), true});
    return file;
}

std::optional<ConflictedReview> readConflicted(const QByteArray &bytes, const QByteArray &knownBase,
                                               const Service &service, const Checklist &checklist)
{
    const auto texts = splitConflicts(bytes);
    if (!texts)
        return {};
    const QByteArray base = texts->hasBase ? texts->base : knownBase;
    const auto b = sideOf(base), o = sideOf(texts->ours), t = sideOf(texts->theirs);
    if (!b || !o || !t)
        return {};
    const QByteArray *kept = keptOf(*b, *o, *t, texts->ours, texts->theirs);
    if (!kept)
        return {};
    ConflictedReview conflicted{*kept, {}, {}, {}};
    for (const auto &[text, place] : {std::pair(&base, &conflicted.base),
                                      {&texts->ours, &conflicted.ours},
                                      {&texts->theirs, &conflicted.theirs}}) {
        auto read = parseReview(*text, service, checklist);
        if (!read)
            return {};
        *place = std::move(read->review);
    }
    return conflicted;
}

} // namespace tenken
