using Waybill.DeliveryWorker.Tests.Memory;

// A process of its own for the tests that measure memory.
return await MemoryProbe.RunAsync(args);
