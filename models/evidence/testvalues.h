// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/servicefields.h>
#include <evidence/testrecord.h>

namespace tenken
{

// Values of a test record that are more than a word or a number. What is unset stays empty; what is not understood
// is reported and stays empty too.

Declared<QDateTime> readTestTime(ServiceFields &fields, const Field &field); ///< with its zone
Declared<bool> readPassFail(ServiceFields &fields, const Field &field);
QMap<QString, Declared<int>> readTestNumbers(ServiceFields &fields, const Field &field, int least, int most);

/// Of the application's container, or by the names of several.
std::vector<RecordedLimits> readRecordedLimits(ServiceFields &fields, const Field &field);
Declared<std::vector<SmokeAnswer>> readSmokeAnswers(ServiceFields &fields, const Field &field);

} // namespace tenken
