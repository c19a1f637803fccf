// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/review.h>

namespace tenken {

/// Why an answer is stale: a person has to look again.
struct StaleReason {
    enum class Cause { Evidence, OtherManifest, Age, Question };
    Cause cause = Cause::Evidence;
    Text words;          ///< "deployment.yaml:41–60 changed", one sentence without a full stop
    Relied before = {};  ///< of evidence: what was relied on
    QString commit = {}; ///< HEAD when the answer was given
};

/// Stands for the version that a review does not name.
inline constexpr QStringView noVersion = u"?";

/// What an answer was given to and rests on, against what stands there now.
struct AnswerBasis {
    QDateTime at;
    QString commit, asked;
    const std::vector<Relied> *relied = nullptr;
    QStringList links = {};
};
struct StaleContext {
    const Checklist &checklist;
    const Assessment &assessment;
    QString answeredVersion;   ///< of the checklist, as the review says
    QDate today;
};
std::vector<StaleReason> staleReasons(const Item &item, const ItemResult *result, const AnswerBasis &basis,
                                      const StaleContext &context);

/// Nothing is stale of an answer that nobody gave.
template<typename Kind>
std::vector<StaleReason> staleReasons(const Item &item, const ItemResult *result, const Answer<Kind> &answer,
                                      const StaleContext &context)
{
    if (answer.answer == Kind::Open)
        return {};
    return staleReasons(item, result, AnswerBasis{answer.at, answer.commit, answer.asked, &answer.relied, answer.links},
                        context);
}

} // namespace tenken
