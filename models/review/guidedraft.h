// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/checklist.h>

#include <evidence/evidence.h>

namespace tenken {

/// A guide that the checklist asks for and the service does not have, and where it would be written.
struct GuideOffer {
    QString itemId;
    QString role;              ///< "oncall"
    QString path;              ///< "docs/oncall.md"
    bool declared = false;     ///< service.yaml names it already
    QString snippet = {};      ///< what to add to service.yaml where it does not
};

/// Guides for which a template comes with Tenken. What is there, even unreadable, is never offered anew.
std::vector<GuideOffer> missingGuides(const Evidence &evidence, const Checklist &checklist);

/// The template, filled with what is known of the service. What only people know stays as <…>: the rule that reads
/// guides takes that for text of a template, so a draft passes nothing.
QString guideDraft(const GuideOffer &offer, const Evidence &evidence, Lang lang);

/// Writes the draft into the service's folder. Never over a file, never outside the folder.
Result<void> writeGuideDraft(const GuideOffer &offer, const Evidence &evidence, Lang lang);

} // namespace tenken
