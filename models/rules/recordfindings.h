// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/findings.h>

#include <functional>

namespace tenken
{

/// What an item asks of the records in readiness/tests.
struct RecordNeed {
    QString kind; ///< "zone-loss"
    bool required = true; ///< without a record: unknown; else nothing is said
    QString dependency = {}; ///< only records of this dependency
};

/// The newest record in each environment, one finding each: passed, within `valid-days`, with every wanted
/// field, run on the image and the limits that the manifests have now. Failed is fail; too old or of an unknown
/// date is unknown; fields missing, or another image or limits, is warn. The rule has validDays() among its
/// parameters; has it `minutes` too, the recovery must be as fast.
std::vector<Finding> judgeRecords(const RuleContext &context, const RecordNeed &need, const Text &title);
inline std::vector<Finding> judgeRecords(const RuleContext &context, const QString &kind, const Text &title)
{
    return judgeRecords(context, RecordNeed{kind}, title);
}

/// The parameter "valid-days": how old a record may be.
RuleParameter validDays(double fallback = 180);

// The parts that it is made of, for rules that read more out of a record.

using RecordFilter = std::function<bool(const TestRecord &)>;
/// Of each environment the newest that passes the filter; beside it those that nobody can order: without a date,
/// or of a day to come. Those that grew too old are left out where another record is still valid and they did not
/// fail (`failed`; by default what judgeOutcome says).
std::vector<const TestRecord *> newestRecords(const RuleContext &context, const RecordFilter &filter, const RecordFilter &failed = {});

/// At a line of the record (else at its kind), with its day and environment as measured.
Finding findingForRecord(const RuleContext &context, const Text &title, const TestRecord &record, const Span &place = {});

/// What the record itself says: its result, and what its outcome says against a pass.
void judgeOutcome(Finding &finding, const RuleContext &context, const TestRecord &record);

/// What its own words say, whatever its age.
bool tellsOfFailure(const RuleContext &context, const TestRecord &record);

/// Takes the pass from a finding whose record is too old, lacks a field, or ran on something else than the
/// manifests say.
void weighRecord(Finding &finding, const RuleContext &context, const TestRecord &record);

/// No record: which one is missing and how to write it.
Finding noRecord(const RuleContext &context, const Text &title, const QString &kind);

/// The load test that a record names, as declared in service.yaml; null where there is none of that id.
const LoadTest *loadTestOf(const RuleContext &context, const TestRecord &record);

/// Records that cannot be read, or only in part: any of them may tell of a failure.
std::vector<Finding> unreadableRecords(const RuleContext &context, const Text &title);

/// Records of the kind that name no declared dependency, where they tell of a failure or are probably misspelt.
std::vector<Finding> unassignedRecords(const RuleContext &context, const Text &title, const QString &kind);

} // namespace tenken
