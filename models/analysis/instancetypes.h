// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace tenken {

/// What an EC2 instance type brings. `pods` is what its network cards carry without prefix delegation.
struct InstanceType {
    QString name;             ///< "m6i.xlarge"
    double vcpu = 0;
    double memory = 0;        ///< MiB, as advertised
    int pods = 0;
    QString architecture;     ///< "amd64" or "arm64"

    QString family() const { return name.section(u'.', 0, 0); }
    QString size() const { return name.section(u'.', 1); }
};

/// The table that travels in the program (resources/instance-types.tsv names source and date). A type that is not in
/// it is unknown: sizes do not follow from names.
const std::vector<InstanceType> &instanceTypes();
const InstanceType *findInstanceType(const QString &name);
QString instanceTypesDate(); ///< "2026-07"

} // namespace tenken
