// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <analysis/pipelinerun.h>

#include <map>
#include <memory>

namespace tenken {

/// Simulations, each done once: every check is asked about every push.
class Simulations
{
public:
    const PipelineOutcome &get(const Pipeline &pipeline, const Occasion &occasion, const std::optional<StepRef> &failing = {},
                               std::optional<size_t> withoutJob = {});
    /// The occasion that the end of another workflow is, where that one has failed.
    const Occasion &afterFailure(const Occasion &occasion);
    /// The question costs something by itself; where there are very many, no more are answered.
    void count(size_t work) { m_work += work; }
    /// So much was tried that nothing more is: what is given now is what happens when all goes well.
    bool exhausted() const { return m_work > mostWork; }

    static constexpr size_t mostWork = 10'000'000;

private:
    using Key = std::tuple<const Pipeline *, const Occasion *, std::optional<StepRef>, std::optional<size_t>>;
    size_t weightOf(const Pipeline &pipeline);

    std::map<Key, PipelineOutcome> m_done;
    std::map<const Pipeline *, size_t> m_weights;
    std::map<const Occasion *, std::unique_ptr<const Occasion>> m_afterFailure;
    size_t m_work = 0;
};

} // namespace tenken
