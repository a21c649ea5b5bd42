"""项目 and 清单: a document's forms and lists filled in as they are printed. All follows from their declarations."""
