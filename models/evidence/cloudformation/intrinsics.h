// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/yaml.h>

namespace tenken
{

/// A function of CloudFormation's: !Sub v and {"Fn::Sub": v} are the same.
struct Intrinsic {
    QString name; ///< "Ref", "GetAtt", "Sub" …; empty: a plain value
    Yaml argument;
    bool tagged = false; ///< the argument is the node itself, its tag taken off
};

Intrinsic intrinsicOf(Yaml node);
Intrinsic longIntrinsicOf(Yaml node); ///< {"Fn::Sub": v} alone, whatever tag the map has

bool isNoValue(Yaml node); ///< !Ref AWS::NoValue

/// Stands in texts for what cannot be worked out at all: two of them are never the same.
inline const QString unresolvedMark = QStringLiteral("${Fn::");

} // namespace tenken
