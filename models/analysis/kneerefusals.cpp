// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/kneerefusals.h>

#include <algorithm>

namespace tenken
{

Knee notUsable(const Text &why, const QString &method)
{
    Knee knee;
    knee.method = method;
    knee.whyNotUsable = why;
    return knee;
}

Knee pastFromTheStart(const std::vector<LoadStep> &steps, const QString &method)
{
    const bool anySucceeded = std::ranges::any_of(steps, [](const LoadStep &step) { return step.samples > step.errors; });
    Knee knee = notUsable(anySucceeded ? Text{"最初の段階からすでに限界を超えています。もっと低い負荷から始めてください。",
                                              "Every level is past the knee already: begin with less load."}
                                       : Text{"エラーなく応答した要求が 1 件もありません。サービスと試験の設定を確かめてください。",
                                              "No request was answered without an error: check the service and the test's settings."},
                          method);
    knee.pastFromTheStart = true;
    return knee;
}

Text tooFewSteps(size_t steps)
{
    return Text{"負荷の段階が %1 つだけです。ひざの判定には、5 秒以上続く段階が 3 つ以上必要です。",
                steps == 1
                    ? "%1 level of load only: a knee needs three or more, each held for 5 seconds or longer."
                    : "%1 levels of load only: a knee needs three or more, each held for 5 seconds or longer."}
        .arg(qint64(steps));
}

} // namespace tenken
