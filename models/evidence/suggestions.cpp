// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/yaml.h>

#include <algorithm>
#include <numeric>

namespace tenken {

namespace {

constexpr qsizetype longestWord = 64;

/// Edit distance where two neighbouring letters that changed places count as one edit.
int editDistance(const QString &a, const QString &b)
{
    std::vector<std::vector<int>> d(static_cast<size_t>(a.size()) + 1, std::vector<int>(static_cast<size_t>(b.size()) + 1));
    for (size_t i = 0; i < d.size(); ++i)
        d[i][0] = static_cast<int>(i);
    std::iota(d[0].begin(), d[0].end(), 0);
    for (size_t i = 1; i < d.size(); ++i) {
        for (size_t j = 1; j < d[0].size(); ++j) {
            const auto ai = static_cast<qsizetype>(i), bj = static_cast<qsizetype>(j);
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[ai - 1] != b[bj - 1])});
            if (i > 1 && j > 1 && a[ai - 1] == b[bj - 2] && a[ai - 2] == b[bj - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d.back().back();
}

/// "errorRate", "error_rate" and "error-rate" are the same word.
QString folded(const QString &word)
{
    QString letters = word.toCaseFolded();
    letters.removeIf([](QChar c) { return c == u'-' || c == u'_' || c == u' '; });
    return letters;
}

} // namespace

std::optional<QString> didYouMean(const QString &word, const QStringList &known)
{
    if (word.isEmpty() || word.size() > longestWord)
        return {};
    const QString wanted = folded(word);
    std::optional<QString> best;
    int bestDistance = 3;
    for (const QString &candidate : known) {
        if (candidate.size() > longestWord)
            continue;
        const QString letters = folded(candidate);
        const int distance = editDistance(wanted, letters);
        // Two edits make any short word out of any other.
        const bool near = distance < bestDistance && distance * 2 <= std::max(wanted.size(), letters.size());
        if (near) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}

std::vector<Problem> unknownKeys(Yaml map, const QStringList &known, const QString &file)
{
    std::vector<Problem> problems;
    for (const auto &[key, value] : map.entries()) {
        const QString name = key.string();
        if (key.isScalar() && known.contains(name))
            continue;
        const std::optional<QString> near = didYouMean(name, known);
        const Text hint = near
            ? Text{"「%1」のことですか", "did you mean “%1”?"}.arg(*near)
            : Text{"ここで使えるキー: %1", "known here: %1"}.arg(known.join(QStringLiteral(", ")));
        problems.push_back({file, key.span(),
                            Text{"知らないキー「%1」です", "unknown key “%1”"}.arg(name.left(longestWord)), hint});
    }
    return problems;
}

} // namespace tenken
