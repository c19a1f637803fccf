// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/glob.h>

namespace tenken {

bool hasGlob(QStringView pattern)
{
    return pattern.contains(u'*') || pattern.contains(u'?') || pattern.contains(u'[');
}

namespace {

/// Index after the closing bracket of a set that starts at `at`, or -1 where it is no set.
qsizetype endOfSet(QStringView pattern, qsizetype at)
{
    qsizetype i = at + 1;
    if (i < pattern.size() && (pattern[i] == u'!' || pattern[i] == u'^'))
        ++i;
    const qsizetype close = pattern.indexOf(u']', i + 1); // a ']' right at the start stands for itself
    return close < 0 ? -1 : close + 1;
}

bool inSet(QChar c, QStringView set) // without the brackets
{
    const bool negated = set.startsWith(u'!') || set.startsWith(u'^');
    if (negated)
        set = set.sliced(1);
    for (qsizetype i = 0; i < set.size(); ++i) {
        const bool range = i + 2 < set.size() && set[i + 1] == u'-';
        if (range ? set[i] <= c && c <= set[i + 2] : set[i] == c)
            return !negated;
        if (range)
            i += 2;
    }
    return negated;
}

} // namespace

bool matchesGlob(QStringView name, QStringView pattern)
{
    if (name.startsWith(u'.') && !pattern.startsWith(u'.'))
        return false;
    qsizetype n = 0, p = 0, star = -1, starName = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == u'*') {
            star = p++;
            starName = n;
            continue;
        }
        qsizetype next = p + 1;
        bool fits = p < pattern.size() && (pattern[p] == u'?' || pattern[p] == name[n]);
        if (p < pattern.size() && pattern[p] == u'[') {
            if (const qsizetype end = endOfSet(pattern, p); end > 0) {
                fits = inSet(name[n], pattern.sliced(p + 1, end - p - 2));
                next = end;
            }
        }
        if (fits) {
            p = next;
            ++n;
        } else if (star >= 0) { // let the last star take one more character
            p = star + 1;
            n = ++starName;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == u'*')
        ++p;
    return p == pattern.size();
}

} // namespace tenken
