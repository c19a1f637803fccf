// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/evaluate.h>

#include <QComboBox>

class QStandardItemModel;

namespace tenken {

/// The list of tests to choose one from, with columns: what a test is for stands beside its name.
class LoadTestChoice : public QComboBox
{
public:
    explicit LoadTestChoice(Lang lang, QWidget *parent = nullptr);
    void fill(const std::vector<LoadTestPicture> &tests, const std::vector<LoadTest> &sources);

private:
    QString in(const Text &text) const { return text.in(m_lang); }

    Lang m_lang;
    QStandardItemModel *m_choice;
};

} // namespace tenken
