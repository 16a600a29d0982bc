namespace Waybill.StatusService.Store;

/// <summary>The table answered, and will answer the same again: it does not take what is asked for, such as an item that is too large. Nothing was written.</summary>
public sealed class TableRefusedException(Exception inner) : Exception(inner.Message, inner);
