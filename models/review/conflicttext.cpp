// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/conflicttext.h>

#include <QHash>

#include <algorithm>

namespace tenken {

namespace {

enum class Marker { None, Ours, Base, Middle, Theirs };

/// Text that Tenken writes is always indented, so a marker at the start of a line is git's.
Marker markerOf(const QByteArray &line)
{
    static const std::pair<const char *, Marker> markers[] = {{"<<<<<<<", Marker::Ours},
                                                              {"|||||||", Marker::Base},
                                                              {"=======", Marker::Middle},
                                                              {">>>>>>>", Marker::Theirs}};
    for (const auto &[word, marker] : markers) {
        if (line.startsWith(word) && (line.size() == 7 || line[7] == ' ' || line[7] == '\r'))
            return marker;
    }
    return Marker::None;
}

/// A text without its last line end, so that it can be joined again; whether it had one is kept in the list's
/// end.
QByteArrayList linesOf(const QByteArray &text) { return text.split('\n'); }

/// Longest rising run of pairs: the lines of which both texts have one, in an order that fits both.
std::vector<std::pair<int, int>> risingPairs(const std::vector<std::pair<int, int>> &pairs)
{
    std::vector<size_t> ends;               // of the best run of each length
    std::vector<int> before(pairs.size(), -1);
    for (size_t i = 0; i < pairs.size(); ++i) {
        const auto place =
            std::ranges::lower_bound(ends, pairs[i].second, {}, [&](size_t e) { return pairs[e].second; });
        if (place != ends.begin())
            before[i] = int(*(place - 1));
        if (place == ends.end())
            ends.push_back(i);
        else
            *place = i;
    }
    std::vector<std::pair<int, int>> run;
    for (int i = ends.empty() ? -1 : int(ends.back()); i >= 0; i = before[size_t(i)])
        run.push_back(pairs[size_t(i)]);
    std::ranges::reverse(run);
    return run;
}

struct Range {
    int from = 0, to = 0; ///< [from, to)
};

/// Matches equal lines at both ends, then around lines that occur once in each text, and so on between them.
void match(const QByteArrayList &a, Range inA, const QByteArrayList &b, Range inB, std::vector<int> &found,
           int depth = 0)
{
    while (inA.from < inA.to && inB.from < inB.to && a[inA.from] == b[inB.from])
        found[size_t(inA.from++)] = inB.from++;
    while (inA.from < inA.to && inB.from < inB.to && a[inA.to - 1] == b[inB.to - 1])
        found[size_t(--inA.to)] = --inB.to;
    constexpr int deepest = 64;
    if (inA.from >= inA.to || inB.from >= inB.to || depth > deepest)
        return;
    struct Count {
        int inA = 0, inB = 0, lineA = 0, lineB = 0;
    };
    QHash<QByteArray, Count> counts;
    for (int i = inA.from; i < inA.to; ++i) {
        ++counts[a[i]].inA;
        counts[a[i]].lineA = i;
    }
    for (int i = inB.from; i < inB.to; ++i) {
        ++counts[b[i]].inB;
        counts[b[i]].lineB = i;
    }
    std::vector<std::pair<int, int>> unique;
    for (const Count &count : std::as_const(counts)) {
        if (count.inA == 1 && count.inB == 1)
            unique.emplace_back(count.lineA, count.lineB);
    }
    std::ranges::sort(unique);
    Range restA = inA, restB = inB;
    const auto anchors = risingPairs(unique);
    for (const auto &[lineA, lineB] : anchors) {
        found[size_t(lineA)] = lineB;
        match(a, {restA.from, lineA}, b, {restB.from, lineB}, found, depth + 1);
        restA.from = lineA + 1;
        restB.from = lineB + 1;
    }
    if (!anchors.empty())
        match(a, restA, b, restB, found, depth + 1);
}

void append(QByteArrayList &lines, const char *marker, const QByteArrayList &from, Range range)
{
    lines.append(marker);
    lines.append(from.mid(range.from, range.to - range.from));
}

} // namespace

bool hasConflictMarkers(const QByteArray &text)
{
    return std::ranges::any_of(linesOf(text),
                               [](const QByteArray &line) { return markerOf(line) != Marker::None; });
}

std::vector<int> matchingLines(const QByteArrayList &a, const QByteArrayList &b)
{
    std::vector<int> found(size_t(a.size()), -1);
    match(a, {0, int(a.size())}, b, {0, int(b.size())}, found);
    return found;
}

std::optional<ConflictTexts> splitConflicts(const QByteArray &text)
{
    QByteArrayList base, ours, theirs;
    Marker in = Marker::None;
    bool hasBase = false, lacksBase = false, any = false, baseHere = false;
    for (const QByteArray &line : linesOf(text)) {
        const Marker marker = markerOf(line);
        const bool fits = marker == Marker::None || (marker == Marker::Ours && in == Marker::None)
            || (marker == Marker::Base && in == Marker::Ours)
            || (marker == Marker::Middle && (in == Marker::Ours || in == Marker::Base))
            || (marker == Marker::Theirs && in == Marker::Middle);
        if (!fits)
            return {};
        if (marker == Marker::Ours)
            any = true, baseHere = false;
        baseHere |= marker == Marker::Base;
        if (marker == Marker::Theirs)
            (baseHere ? hasBase : lacksBase) = true;
        if (marker != Marker::None) {
            in = marker == Marker::Theirs ? Marker::None : marker;
            continue;
        }
        if (in == Marker::None || in == Marker::Ours)
            ours.append(line);
        if (in == Marker::None || in == Marker::Base)
            base.append(line);
        if (in == Marker::None || in == Marker::Middle)
            theirs.append(line);
    }
    if (in != Marker::None || !any)
        return {};
    return ConflictTexts{base.join('\n'), ours.join('\n'), theirs.join('\n'), hasBase && !lacksBase};
}

QByteArray joinConflicts(const ConflictTexts &texts)
{
    const QByteArrayList ours = linesOf(texts.ours), base = linesOf(texts.base),
                         theirs = linesOf(texts.theirs);
    const std::vector<int> inBase = matchingLines(ours, base), inTheirs = matchingLines(ours, theirs);
    QByteArrayList joined;
    Range o, b, t;
    const auto differing = [&] {
        const auto part = [](const QByteArrayList &lines, Range r) {
            return lines.mid(r.from, r.to - r.from);
        };
        if (part(ours, o) == part(theirs, t) && part(ours, o) == part(base, b))
            return joined.append(part(ours, o));
        append(joined, "<<<<<<< ours", ours, o);
        append(joined, "||||||| base", base, b);
        append(joined, "=======", theirs, t);
        joined.append(">>>>>>> theirs");
    };
    for (o.to = 0; o.to <= ours.size(); ++o.to) {
        const bool end = o.to == ours.size();
        if (!end && (inBase[size_t(o.to)] < 0 || inTheirs[size_t(o.to)] < 0))
            continue;
        b.to = end ? int(base.size()) : inBase[size_t(o.to)];
        t.to = end ? int(theirs.size()) : inTheirs[size_t(o.to)];
        differing();
        if (!end)
            joined.append(ours[o.to]);
        o.from = o.to + 1;
        b.from = b.to + 1;
        t.from = t.to + 1;
    }
    return joined.join('\n');
}

} // namespace tenken
