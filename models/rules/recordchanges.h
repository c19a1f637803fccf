// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/rule.h>

namespace tenken
{

/// What is not as it was when a record was made: the record is stale.
struct RecordChange {
    Text what; ///< "イメージは app:1.41 から app:1.42 に変わりました。"
    Span span; ///< in the record
    QString file; ///< where it stands now; may be empty
    Span now;
};

/// Image, commit and limits against the manifests of the serving workloads, the environment against those that
/// service.yaml declares. What cannot be compared is no change.
std::vector<RecordChange> changesSince(const RuleContext &context, const TestRecord &record);

} // namespace tenken
