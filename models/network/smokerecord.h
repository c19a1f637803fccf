// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <network/smokerun.h>
#include <review/recorddraft.h>

namespace tenken
{

/// The record of a run that has ended: what was answered, never what was sent. `more`: what people say beside it
/// (image, pods, limits, who), by the paths of its fields.
RecordDraft smokeRecord(const SmokeRun &run, const QMap<QString, QString> &more);

/// "smoke-production-20261105T140000": what its file is called.
QString smokeRecordName(const SmokeRun &run);

} // namespace tenken
