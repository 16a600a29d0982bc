using Xunit;

// Each of them uses all cores, and a mutation changes the transition table for the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
