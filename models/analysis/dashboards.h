// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/monitors.h>
#include <evidence/datadog/snapshot.h>
#include <evidence/service.h>
#include <evidence/text.h>

#include <map>

namespace tenken
{

/// What a dashboard of a service has to show when an alert fires.
enum class Shows { Requests, Errors, Latency, Cpu, Memory, Pods };
constexpr Shows everythingShown[] = {Shows::Requests, Shows::Errors, Shows::Latency,
                                     Shows::Cpu,      Shows::Memory, Shows::Pods};
Text label(Shows what);

/// Which widget shows what; widgets are those of the dashboard.
struct DashboardCover {
    const Dashboard *dashboard = nullptr;
    std::map<Shows, const DashboardWidget *> shown;
    std::map<QString, const DashboardWidget *> dependencies; ///< by id
    bool aboutService = false; ///< some query names the service

    size_t count() const { return shown.size() + dependencies.size(); }
};

/// Queries that name another service, or another environment than production, do not count for this one.
DashboardCover coverOf(const Dashboard &dashboard, const ServiceNames &names, const Service &service);

} // namespace tenken
